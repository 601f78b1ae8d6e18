import { ByteReader, type ClipSource } from './byteReader';
import { damagedFile, incompleteFile, Mp4Error } from './mp4Error';

/** At ten bytes per sample, 32 MB covers more than ten hours of video and audio. */
const MAX_MOVIE_BYTES = 32 * 1024 * 1024;

/** A file has a handful of boxes at its top level; fragmented files are rejected at once. */
const MAX_TOP_BOXES = 1_000;

const HEADER_BYTES = 8;
const LARGE_SIZE_BYTES = 8;

/** Sizes that mean "the size follows in 64 bits" and "to the end of the file" (14496-12, 4.2). */
const LARGE_SIZE = 1;
const SIZE_TO_END = 0;

/** The types of box with which MP4 and QuickTime files begin. */
const FIRST_BOXES = ['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'uuid'];

/**
 * The `moov` box of an MP4 file, header included. The stream is closed once the box is read; media
 * data before it is skipped, not buffered.
 *
 * @throws Mp4Error if the file is not an MP4 file, is cut before the end of the box, or consists of
 * fragments
 */
export async function readMovieBox(source: ClipSource): Promise<Buffer> {
	const reader = await ByteReader.open(source);
	try {
		for (let count = 0; count < MAX_TOP_BOXES; count++) {
			if (await reader.isAtEnd()) throw noMovieBox(count);
			const start = reader.position;
			const box = await readHeader(reader, count === 0);
			if (box.type === 'moov') return await readMovie(reader, box);
			if (box.type === 'moof') throw fragmentedFile();
			if (box.size === SIZE_TO_END) throw noMovieBox(count);
			await reader.skipTo(start + box.size);
		}
		throw damagedFile('list of boxes');
	} finally {
		await reader.close();
	}
}

/** The error for a file of fragments (`moof`), such as live streams and DASH segments. */
export function fragmentedFile(): Mp4Error {
	return new Mp4Error(
		'The MP4 file is fragmented, so it cannot be joined. Export it as a regular MP4 file.',
	);
}

interface TopBox {
	type: string;
	/** With its header, in bytes; 0 for a box that extends to the end of the file. */
	size: number;
	header: Buffer;
}

async function readHeader(reader: ByteReader, isFirst: boolean): Promise<TopBox> {
	const header = await reader.exactly(HEADER_BYTES).catch((error: unknown) => {
		throw isFirst && error instanceof Mp4Error ? notMp4() : error;
	});
	const type = header.toString('latin1', 4, HEADER_BYTES);
	if (isFirst && !FIRST_BOXES.includes(type)) throw notMp4();
	const size = header.readUInt32BE(0);
	if (size === SIZE_TO_END) return { type, size, header };
	if (size !== LARGE_SIZE) return { type, size: checkedSize(size, HEADER_BYTES), header };
	const large = await reader.exactly(LARGE_SIZE_BYTES);
	const bytes = Number(large.readBigUInt64BE(0));
	return {
		type,
		size: checkedSize(bytes, HEADER_BYTES + LARGE_SIZE_BYTES),
		header: Buffer.concat([header, large]),
	};
}

function checkedSize(size: number, headerBytes: number): number {
	if (size < headerBytes || !Number.isSafeInteger(size)) throw damagedFile('list of boxes');
	return size;
}

async function readMovie(reader: ByteReader, { size, header }: TopBox): Promise<Buffer> {
	if (size === SIZE_TO_END) throw damagedFile('list of boxes');
	if (size > MAX_MOVIE_BYTES) {
		throw new Mp4Error(
			`The header of the MP4 file is larger than ${MAX_MOVIE_BYTES / (1024 * 1024)} MB, so the file cannot be joined.`,
		);
	}
	return Buffer.concat([header, await reader.exactly(size - header.length)]);
}

function notMp4(): Mp4Error {
	return new Mp4Error('The file is not an MP4 video.');
}

function noMovieBox(boxesBefore: number): Mp4Error {
	return boxesBefore === 0 ? notMp4() : incompleteFile();
}
