import { parseAudioConfig } from './read/audioConfig';
import { box, uint16, uint32 } from './write/boxWriter';
import { UNTURNED, type OutputTrack } from './write/movieWriter';
import { grayStream } from './write/grayStream';
import { audioEntry, videoEntries } from './write/sampleEntries';
import { silentFrame } from './write/silence';
import { TrackTables } from './write/trackTables';
import { writeHead } from './write/writeHead';

/** Each block of 16 by 16 pixels takes one byte; larger pictures are scaled down. */
const MAX_SIDE_PIXELS = 640;
const MIN_SIDE_PIXELS = 16;

const MIN_SECONDS = 1;
const MAX_SECONDS = 60 * 60;

const VIDEO_TIMESCALE = 1_000;

/** AudioSpecificConfig of AAC-LC (2), 8,000 Hz (index 11), mono (1), so few frames are needed. */
const AUDIO_CONFIG = Buffer.from([0x15, 0x88]);

/**
 * A playable MP4 file of a few kilobytes: a gray picture with silence, in H.264 and AAC, which
 * stands in for a video that has not been created.
 *
 * @param seconds how long it lasts, between a second and an hour
 * @param size in pixels; scaled down to at most 640 pixels per side
 */
export function placeholderVideo(seconds: number, size: { width: number; height: number }): Buffer {
	const length = Math.min(MAX_SECONDS, Math.max(MIN_SECONDS, seconds));
	const { width, height } = scaled(size);
	const pictures = Math.ceil(length);
	const stream = grayStream(width, height, pictures);
	const video = new TrackTables();
	video.addChunk(0, pictures, 1);
	stream.pictures.forEach((picture, index) => {
		const isLast = index === pictures - 1;
		const rest = Math.round((length - index) * VIDEO_TIMESCALE);
		video.addSample(picture.length, isLast ? rest : VIDEO_TIMESCALE, 0, index === 0);
	});
	const config = parseAudioConfig(AUDIO_CONFIG);
	const frame = silentFrame(config);
	const frames = Math.floor((length * config.sampleRate) / config.frameSamples);
	const audio = new TrackTables();
	const videoBytes = stream.pictures.reduce((sum, picture) => sum + picture.length, 0);
	audio.addChunk(videoBytes, frames, 1);
	for (let index = 0; index < frames; index++) {
		audio.addSample(frame.length, config.frameSamples, 0, true);
	}
	const entry = videoEntry(width, height, stream.decoder);
	const tracks: OutputTrack[] = [
		{
			timescale: VIDEO_TIMESCALE,
			tables: video,
			entries: videoEntries([{ entry, width, height, decoder: stream.decoder }]).box,
			edits: [],
			display: { matrix: UNTURNED, width, height },
		},
		{ timescale: config.sampleRate, tables: audio, entries: audioEntry(config), edits: [] },
	];
	const media = Buffer.concat([...stream.pictures, Buffer.alloc(frames * frame.length, frame)]);
	const movie = { timescale: VIDEO_TIMESCALE, length: video.total, tracks };
	return Buffer.concat([writeHead(movie, media.length), media]);
}

/** Scales a size to even numbers of pixels, which H.264 needs, within the limits. */
function scaled(size: { width: number; height: number }): { width: number; height: number } {
	const factor = Math.min(1, MAX_SIDE_PIXELS / Math.max(size.width, size.height));
	const side = (pixels: number): number =>
		Math.max(MIN_SIDE_PIXELS, 2 * Math.round((pixels * factor) / 2));
	return { width: side(size.width), height: side(size.height) };
}

/** `avc1` with `avcC` (ISO/IEC 14496-12, 12.1.3; 14496-15, 5.4.2). */
function videoEntry(width: number, height: number, decoder: Buffer): Buffer {
	return box(
		'avc1',
		// Reserved, then the data reference 1; reserved; the size; 72 dots per inch as 16.16.
		uint16(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, width, height, 72, 0, 72, 0),
		// Reserved; one picture per sample; no encoder name; 24 bits per pixel; no color table.
		uint32(0),
		uint16(1),
		Buffer.alloc(32),
		uint16(24, 0xffff),
		box('avcC', decoder),
	);
}
