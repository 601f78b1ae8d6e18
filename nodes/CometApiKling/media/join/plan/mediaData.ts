import type { ClipTrack } from '../read/clip';
import { damagedFile } from '../read/mp4Error';

/** Players read a whole chunk at a time; this is about one second of video. */
const MAX_CHUNK_BYTES = 1024 * 1024;

/** Samples of a track that follow each other in the file. */
export interface Chunk {
	track: 'video' | 'audio';
	/** Where it starts in the clip's file. */
	offset: number;
	bytes: number;
	firstSample: number;
	samples: number;
	/** Whether it starts with a sample that gets the clip's parameter sets. */
	hasParameterSets: boolean;
}

/**
 * The chunks of a clip in the order of its file, so that the file can be read from start to end.
 *
 * @param splitsAtSync whether each video sync sample starts a new chunk
 * @throws Mp4Error if samples overlap
 */
export function chunksOf(
	video: ClipTrack,
	audio: ClipTrack | undefined,
	splitsAtSync: boolean,
): Chunk[] {
	const chunks = [
		...trackChunks('video', video, splitsAtSync),
		...(audio ? trackChunks('audio', audio, false) : []),
	].sort((one, other) => one.offset - other.offset);
	chunks.reduce((end, { offset, bytes }) => {
		if (offset < end) throw damagedFile('sample table');
		return offset + bytes;
	}, 0);
	return chunks;
}

function trackChunks(
	name: Chunk['track'],
	{ sizes, offsets, sync }: ClipTrack,
	splitsAtSync: boolean,
): Chunk[] {
	const chunks: Chunk[] = [];
	let chunk: Chunk | undefined;
	for (let sample = 0; sample < sizes.length; sample++) {
		const [size, offset] = [sizes[sample] ?? 0, offsets[sample] ?? 0];
		const hasParameterSets = splitsAtSync && sync[sample] === 1;
		const goesOn =
			chunk !== undefined &&
			!hasParameterSets &&
			offset === chunk.offset + chunk.bytes &&
			chunk.bytes + size <= MAX_CHUNK_BYTES;
		if (!chunk || !goesOn) {
			chunk = { track: name, offset, bytes: 0, firstSample: sample, samples: 0, hasParameterSets };
			chunks.push(chunk);
		}
		chunk.bytes += size;
		chunk.samples++;
	}
	return chunks;
}
