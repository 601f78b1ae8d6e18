import type { Clip } from '../read/clip';
import type { MediaPart } from '../write/copyMedia';
import type { Layout, PlacedClip } from './layout';
import { chunksOf, type Chunk } from './mediaData';
import { parameterSetUnits } from '../read/parameterSets';
import { silentFrame } from '../write/silence';
import { TrackTables } from '../write/trackTables';

/** The number of silent frames in a chunk, about one second. */
const SILENT_CHUNK_FRAMES = 43;

/** A chunk with its position in the media data of the result. */
interface PlacedChunk extends Chunk {
	position: number;
}

/** Assigns each sample a position in the result and records it in the tables. */
export class MediaPlacement {
	readonly video = new TrackTables();
	readonly audio = new TrackTables();
	/** The media data by clip. */
	readonly parts: MediaPart[][] = [];
	/** The size of the media data so far. */
	bytes = 0;
	private readonly silence: Buffer;
	/** The exact end of the sound; a frame of silence may not last a whole number of units. */
	private soundEnd = 0;

	/**
	 * @param clips all of the clips, in the order in which they are added
	 * @param hasSeveralSettings whether the clips differ in their decoder settings: those of each
	 * clip are then repeated in its stream
	 */
	constructor(
		clips: Clip[],
		private readonly layout: Layout,
		private readonly hasSeveralSettings: boolean,
	) {
		const config = clips.find(({ audio }) => audio)?.audio?.config;
		this.silence = config ? silentFrame(config) : Buffer.alloc(0);
	}

	/**
	 * @param entryNumber the sample entry of the clip's video
	 * @throws Mp4Error if samples of the clip overlap in its file
	 */
	add(clip: Clip, placed: PlacedClip, entryNumber: number): void {
		const parts: MediaPart[] = [];
		if (!placed.audio) this.addSilence(placed.silentFrames, parts);
		const sets = this.hasSeveralSettings
			? parameterSetUnits(clip.video.config.decoder)
			: Buffer.alloc(0);
		const chunks = chunksOf(clip.video, clip.audio, sets.length > 0).map((chunk): PlacedChunk => {
			const position = this.bytes;
			if (chunk.hasParameterSets) this.addMade(sets, parts);
			addRange(chunk, parts);
			this.bytes += chunk.bytes;
			return { ...chunk, position };
		});
		// Files may store samples in a different order than they list them.
		chunks.sort((one, other) => one.firstSample - other.firstSample);
		for (const chunk of chunks) {
			if (chunk.track === 'video') this.listVideo(clip, placed, chunk, entryNumber, sets.length);
			else this.listAudio(clip, placed, chunk);
		}
		if (placed.audio) this.addSilence(placed.silentFrames, parts);
		this.parts.push(parts);
	}

	private listVideo(
		{ video: { sizes, sync } }: Clip,
		{ video }: PlacedClip,
		chunk: PlacedChunk,
		entryNumber: number,
		setBytes: number,
	): void {
		this.video.addChunk(chunk.position, chunk.samples, entryNumber);
		const end = chunk.firstSample + chunk.samples;
		for (let sample = chunk.firstSample; sample < end; sample++) {
			const added = chunk.hasParameterSets && sample === chunk.firstSample ? setBytes : 0;
			const isLast = sample === sizes.length - 1;
			this.video.addSample(
				(sizes[sample] ?? 0) + added,
				isLast ? video.lastDuration : (video.timing.durations[sample] ?? 0),
				(video.timing.compositionOffsets[sample] ?? 0) + video.extraOffset,
				sync[sample] === 1,
			);
		}
	}

	private listAudio({ audio }: Clip, placed: PlacedClip, chunk: PlacedChunk): void {
		this.audio.addChunk(chunk.position, chunk.samples, 1);
		const end = chunk.firstSample + chunk.samples;
		for (let sample = chunk.firstSample; sample < end; sample++) {
			const duration = placed.audio?.durations[sample] ?? 0;
			this.audio.addSample(audio?.sizes[sample] ?? 0, duration, 0, true);
			this.soundEnd += duration;
		}
	}

	private addSilence(frames: number, parts: MediaPart[]): void {
		for (let left = frames; left > 0; left -= SILENT_CHUNK_FRAMES) {
			const count = Math.min(left, SILENT_CHUNK_FRAMES);
			this.audio.addChunk(this.bytes, count, 1);
			for (let frame = 0; frame < count; frame++) {
				this.soundEnd += this.layout.audio?.frameUnits ?? 0;
				const duration = Math.round(this.soundEnd) - this.audio.total;
				this.audio.addSample(this.silence.length, duration, 0, true);
			}
			this.addMade(Buffer.alloc(count * this.silence.length, this.silence), parts);
		}
	}

	private addMade(made: Buffer, parts: MediaPart[]): void {
		parts.push({ made });
		this.bytes += made.length;
	}
}

/** Chunks that follow each other in the file are read as one. */
function addRange({ offset, bytes }: Chunk, parts: MediaPart[]): void {
	const last = parts.at(-1);
	if (last && 'offset' in last && last.offset + last.bytes === offset) last.bytes += bytes;
	else parts.push({ offset, bytes });
}
