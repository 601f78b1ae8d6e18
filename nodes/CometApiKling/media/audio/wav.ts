import { MIN_PRESENT_SHARE, toAudioLength, type AudioLength } from '../audioLength';
import { readMp3 } from './mp3/mp3';
import { WAV_TAG, readWavFormat, samplesIn, type WavFormat } from './wavFormat';

/** "RIFF", size, "WAVE". */
const FILE_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;

/**
 * Writers that cannot go back (pipes, streams) leave 0 or a number near 2^31 or 2^32 as the size of
 * the sound: 0x7FFFF000 in SoX and eSpeak, 0x7FFFFFFF minus a header, 0xFFFFFFFF in ffmpeg and
 * OpenAI. A file small enough for Kling is never a truncated 2 GB file.
 */
const MIN_UNKNOWN_SIZE_BYTES = 0x7fff0000;

/** Names of chunks as numbers, since comparing many texts is slow. */
const [FMT, FACT, DATA] = ['fmt ', 'fact', 'data'].map((name) =>
	Buffer.from(name, 'latin1').readUInt32BE(),
);

interface Chunk {
	id: number;
	start: number;
	/** The size that the file states; the file may end earlier. */
	bytes: number;
}

/**
 * The length of a WAV file: the samples in its data chunk divided by its sample rate. The byte rate
 * in the header is used only for compressed formats that offer nothing better, since browsers write
 * a wrong one.
 */
export function readWav(file: Buffer): AudioLength {
	let format: WavFormat | undefined;
	let announcedSamples: number | undefined;
	for (const chunk of chunksOf(file)) {
		if (chunk.id === FMT) format = readWavFormat(contentOf(file, chunk));
		if (chunk.id === FACT) announcedSamples = readFact(contentOf(file, chunk));
		if (chunk.id !== DATA) continue;
		return format ? lengthOfData(file, chunk, format, announcedSamples) : 'unreadable';
	}
	return 'unreadable';
}

function* chunksOf(file: Buffer): Generator<Chunk> {
	let offset = FILE_HEADER_BYTES;
	while (offset + CHUNK_HEADER_BYTES <= file.length) {
		const bytes = file.readUInt32LE(offset + 4);
		const start = offset + CHUNK_HEADER_BYTES;
		yield { id: file.readUInt32BE(offset), start, bytes };
		// Chunks are padded to even sizes.
		offset = start + bytes + (bytes % 2);
	}
}

function contentOf(file: Buffer, { start, bytes }: Chunk): Buffer {
	return file.subarray(start, start + bytes);
}

function readFact(content: Buffer): number | undefined {
	return content.length >= 4 ? content.readUInt32LE(0) : undefined;
}

function lengthOfData(
	file: Buffer,
	chunk: Chunk,
	format: WavFormat,
	announcedSamples: number | undefined,
): AudioLength {
	const presentBytes = file.length - chunk.start;
	const isSizeKnown = chunk.bytes > 0 && chunk.bytes < MIN_UNKNOWN_SIZE_BYTES;
	if (isSizeKnown && presentBytes < chunk.bytes * MIN_PRESENT_SHARE) return 'cut';
	const bytes = isSizeKnown ? Math.min(chunk.bytes, presentBytes) : presentBytes;
	if (format.tag === WAV_TAG.mp3) {
		return readMp3(file.subarray(chunk.start, chunk.start + bytes));
	}
	const samples = samplesIn(format, bytes) ?? announcedSamples;
	if (samples) return toAudioLength(samples / format.sampleRateHz);
	return isCompressed(format) ? toAudioLength(bytes / format.byteRate) : 'unreadable';
}

function isCompressed({ tag }: WavFormat): boolean {
	const uncompressed: number[] = [WAV_TAG.pcm, WAV_TAG.float, WAV_TAG.aLaw, WAV_TAG.muLaw];
	return !uncompressed.includes(tag);
}
