import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { runFfmpeg } from '../simulator/run';

/** A folder with files made by ffmpeg; `remove` deletes it. */
export class Samples {
	private readonly folder = mkdtempSync(path.join(os.tmpdir(), 'kling-media-'));

	/** Creates a file; `args` go between ffmpeg and the target's name. */
	async make(name: string, ...args: string[]): Promise<void> {
		await runFfmpeg([...args, this.pathOf(name)]);
	}

	/** Creates several files from one input in one run, because starting ffmpeg is slow. */
	async makeMany(input: string[], outputs: Record<string, string[]>): Promise<void> {
		const targets = Object.entries(outputs).flatMap(([name, args]) => [...args, this.pathOf(name)]);
		await runFfmpeg([...input, ...targets]);
	}

	pathOf(name: string): string {
		return path.join(this.folder, name);
	}

	read(name: string): Buffer {
		return readFileSync(this.pathOf(name));
	}

	remove(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}

/** Arguments for a sound that changes, so that encoders with a variable bit rate vary it. */
export function tone(seconds: number): string[] {
	const wobble = 'aevalsrc=sin(2*PI*t*(300+200*sin(t)))*abs(sin(t*2))*0.5';
	return ['-f', 'lavfi', '-i', `${wobble}:s=44100:d=${seconds}`];
}

/** Arguments for a picture of a size in pixels. */
export function picture(width: number, height: number): string[] {
	return ['-f', 'lavfi', '-i', `testsrc=s=${width}x${height}:d=1`, '-frames:v', '1'];
}

/** Arguments for a video without sound. */
export function film(seconds: number): string[] {
	return ['-f', 'lavfi', '-i', `testsrc=s=160x120:r=5:d=${seconds}`];
}
