import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { runFfmpeg } from './run';

/** Increase this when the samples change, since they are kept between runs. */
const VERSION = 3;

export const SAMPLE_FOLDER = path.join(tmpdir(), `cometapi-kling-samples-${VERSION}`);

const FACE = [
	'color=c=0x9ec5e8:s=512x640',
	"geq=r='if(lt(hypot(X-256,(Y-300)*0.8),150),236,r(X,Y))':g='if(lt(hypot(X-256,(Y-300)*0.8),150),188,g(X,Y))':b='if(lt(hypot(X-256,(Y-300)*0.8),150),150,b(X,Y))'",
	'drawbox=x=190:y=250:w=34:h=22:color=0x202040:t=fill',
	'drawbox=x=288:y=250:w=34:h=22:color=0x202040:t=fill',
	'drawbox=x=246:y=290:w=20:h=50:color=0xc08060:t=fill',
	'drawbox=x=206:y=380:w=100:h=24:color=0xa03040:t=fill',
].join(',');

export const SAMPLE_SECONDS = 4;

/** Speech-like sound: a low tone whose loudness follows syllables. */
const VOICE =
	"aevalsrc='0.5*sin(2*PI*(150+30*sin(2*PI*0.7*t))*t)*(0.55+0.45*sin(2*PI*4*t))':s=44100:d=4";

/** The samples of four seconds, and how ffmpeg makes them. */
const MAKERS: Record<string, string[]> = {
	'face.png': ['-f', 'lavfi', '-i', FACE, '-frames:v', '1'],
	'face.jpg': ['-f', 'lavfi', '-i', FACE, '-frames:v', '1', '-q:v', '3'],
	'voice.mp3': ['-f', 'lavfi', '-i', VOICE, '-c:a', 'libmp3lame', '-b:a', '96k'],
	'voice.wav': ['-f', 'lavfi', '-i', VOICE, '-ar', '22050', '-ac', '1'],
	'voice.pcm': ['-f', 'lavfi', '-i', VOICE, '-f', 's16le', '-ar', '24000', '-ac', '1'],
	'voice.m4a': ['-f', 'lavfi', '-i', VOICE, '-c:a', 'aac', '-b:a', '96k'],
	'voice.aac': ['-f', 'lavfi', '-i', VOICE, '-c:a', 'aac', '-b:a', '96k'],
	'clip.mp4': [
		...['-f', 'lavfi', '-i', `${FACE},scale=256:320,loop=loop=-1:size=1,setpts=N/12/TB`],
		...['-f', 'lavfi', '-i', VOICE, '-t', '4', '-r', '12'],
		...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
		...['-c:a', 'aac', '-b:a', '64k', '-movflags', '+faststart'],
	],
};

/**
 * Samples that this process creates or has found, so that two callers do not create the same one.
 */
const found = new Map<string, Promise<string>>();

/** Whether a sample with this name exists. */
export function isSample(name: string): boolean {
	return Object.hasOwn(MAKERS, name);
}

/**
 * The path of a sample (`face.png`, `voice.mp3`, …), which is created on first use.
 *
 * @throws if there is no sample with that name
 */
export async function sampleFile(name: string): Promise<string> {
	const file = found.get(name) ?? findOrMake(name);
	found.set(name, file);
	return await file;
}

async function findOrMake(name: string): Promise<string> {
	const maker = MAKERS[name];
	if (!maker) throw new Error(`There is no sample ${name}.`);
	const file = path.join(SAMPLE_FOLDER, name);
	if (existsSync(file)) return file;
	mkdirSync(SAMPLE_FOLDER, { recursive: true });
	// It is created under another name first, so that no other process reads an incomplete file.
	const draft = path.join(SAMPLE_FOLDER, `${process.pid}-${name}`);
	await runFfmpeg([...maker, draft]);
	renameSync(draft, file);
	return file;
}
