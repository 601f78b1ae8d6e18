import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { ClipStyle } from './clipStyle';
import { probe, soundSeconds } from './probe';
import { runFfmpeg } from './run';
import { SAMPLE_SECONDS, sampleFile } from './sampleMedia';

/** The approximate speed of speech, in characters per second. */
const CHARACTERS_PER_SECOND = 14;

/** The minimum duration, even for a single word. */
const SHORTEST_SPEECH_SECONDS = 0.4;

/** Formats whose header does not contain the length. */
const FORMATS_TO_COUNT = new Set(['mp3', 'aac']);

/** Longest side of a video, in pixels: small enough to be created in a fraction of its length. */
const FILM_SIDE = 480;
const FRAMES_PER_SECOND = 12;

/** At most a square of FILM_SIDE, with even sides, as H.264 in yuv420p requires. */
const FILM_SIZE = [
	`scale=w='min(${FILM_SIDE},iw)':h='min(${FILM_SIDE},ih)':force_original_aspect_ratio=decrease`,
	'pad=ceil(iw/2)*2:ceil(ih/2)*2',
].join(',');

const H264 = '-c:v libx264 -preset ultrafast -tune stillimage -pix_fmt yuv420p'.split(' ');

export interface MediaFile {
	file: string;
	seconds: number;
}

export interface SoundFacts {
	/** The container, by ffprobe's name. */
	format: string;
	seconds: number;
}

/** Creates the videos and speech that tasks return, in its own folder. */
export class Studio {
	private readonly folder = mkdtempSync(path.join(tmpdir(), 'cometapi-kling-studio-'));
	private readonly made = new Map<string, Promise<MediaFile>>();
	private readonly sounds = new Map<string, Promise<SoundFacts>>();
	private readonly closing = new AbortController();
	private count = 0;

	/** Writes the received bytes to a file; equal bytes share one. */
	async keep(bytes: Buffer, extension: string): Promise<string> {
		const name = `${createHash('sha1').update(bytes).digest('hex')}.${extension}`;
		const file = path.join(this.folder, name);
		await writeFile(file, bytes);
		return file;
	}

	/**
	 * The container and the exact length of an audio file.
	 *
	 * @throws if it cannot be read
	 */
	async factsOf(file: string): Promise<SoundFacts> {
		const facts = this.sounds.get(file) ?? readSound(file);
		this.sounds.set(file, facts);
		return await facts;
	}

	/**
	 * An MP3 that lasts as long as it takes to say the text.
	 *
	 * @param wantedSeconds a length set by the test
	 */
	async speak(text: string, speed: number, wantedSeconds?: number): Promise<MediaFile> {
		const spoken = [...text].length / CHARACTERS_PER_SECOND / speed;
		const usual = Math.max(SHORTEST_SPEECH_SECONDS, Math.round(spoken * 10) / 10);
		const seconds = wantedSeconds ?? usual;
		return await this.once(`speech:${seconds}`, async () => {
			const file = path.join(this.folder, `speech-${this.count++}.mp3`);
			const tone = `aevalsrc='0.5*sin(2*PI*(160+25*sin(2*PI*0.6*t))*t)*(0.5+0.5*sin(2*PI*4.5*t))':s=44100:d=${seconds}`;
			await this.run(['-f', 'lavfi', '-i', tone, '-c:a', 'libmp3lame', '-b:a', '64k', file]);
			return { file, seconds };
		});
	}

	/** A video that shows the image for as long as the audio lasts, and contains the audio. */
	async film(image: string, audio: string, style: ClipStyle = {}): Promise<MediaFile> {
		return await this.once(`film:${image}:${audio}:${JSON.stringify(style)}`, async () => {
			const { seconds } = await this.factsOf(audio);
			const file = path.join(this.folder, `film-${this.count++}.mp4`);
			const { framesPerSecond = FRAMES_PER_SECOND, soundDelaySeconds = 0 } = style;
			await this.run([
				...['-loop', '1', '-framerate', String(framesPerSecond), '-i', image],
				...(soundDelaySeconds > 0 ? ['-itsoffset', String(soundDelaySeconds)] : []),
				...['-i', audio],
				// Otherwise the audio's cover picture, if it has one, would be used as the video.
				...['-map', '0:v:0', '-map', '1:a:0', '-vf', filters(style), ...H264],
				...['-c:a', 'aac', '-t', seconds.toFixed(3), ...styleArguments(style), file],
			]);
			return { file, seconds };
		});
	}

	/** One small video, for tests that do not check it. */
	async tinyFilm(): Promise<MediaFile> {
		return { file: await sampleFile('clip.mp4'), seconds: SAMPLE_SECONDS };
	}

	/** Stops pending work, and deletes all files. */
	close(): void {
		this.closing.abort();
		rmSync(this.folder, { recursive: true, force: true });
	}

	private async run(args: string[]): Promise<void> {
		await runFfmpeg(args, this.closing.signal);
	}

	private async once(key: string, make: () => Promise<MediaFile>): Promise<MediaFile> {
		const file = this.made.get(key) ?? make();
		this.made.set(key, file);
		return await file;
	}
}

function filters({ mark }: ClipStyle): string {
	return mark === undefined
		? FILM_SIZE
		: `${FILM_SIZE},drawbox=x=0:y=0:w=96:h=96:color=${mark}:t=fill`;
}

function styleArguments(style: ClipStyle): string[] {
	const { bFrames, timescale, channels, sampleRate, moovLast } = style;
	return [
		...(bFrames === undefined ? [] : ['-bf', String(bFrames)]),
		...(timescale === undefined ? [] : ['-video_track_timescale', String(timescale)]),
		...(channels === undefined ? [] : ['-ac', String(channels)]),
		...(sampleRate === undefined ? [] : ['-ar', String(sampleRate)]),
		...(moovLast ? [] : ['-movflags', '+faststart']),
	];
}

async function readSound(file: string): Promise<SoundFacts> {
	const { format, seconds } = await probe(file);
	return { format, seconds: FORMATS_TO_COUNT.has(format) ? await soundSeconds(file) : seconds };
}
