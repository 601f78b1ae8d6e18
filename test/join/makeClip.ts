import { Samples } from '../media/samples';

/** The properties of a clip; ffmpeg's defaults apply to those left out. */
export interface ClipSpec {
	seconds: number;
	fps?: number;
	/** How many B-frames may follow each other. */
	bFrames?: number;
	/** The time scale of the video. */
	timescale?: number;
	/** `false` for a silent clip. */
	audio?: { rate?: number; channels?: number; seconds?: number } | false;
	/** Whether `moov` comes first. */
	fastStart?: boolean;
	size?: string;
	/** Further arguments for ffmpeg. */
	extra?: string[];
}

/** Creates each clip once. */
export class Clips {
	readonly samples = new Samples();
	private readonly made = new Map<string, Promise<string>>();

	/** The path of a clip with these properties. */
	async make(spec: ClipSpec): Promise<string> {
		const key = JSON.stringify(spec);
		const file = this.made.get(key) ?? this.makeOnce(spec, `clip ${this.made.size}.mp4`);
		this.made.set(key, file);
		return await file;
	}

	/** The path of a copy of a clip; `args` precede ffmpeg's input. */
	async remake(source: string, name: string, args: string[]): Promise<string> {
		await this.samples.make(name, ...args, '-i', source, '-c', 'copy');
		return this.samples.pathOf(name);
	}

	remove(): void {
		this.samples.remove();
	}

	private async makeOnce(spec: ClipSpec, name: string): Promise<string> {
		const { seconds, fps = 25, bFrames = 0, timescale, audio = {}, size = '160x120' } = spec;
		await this.samples.make(
			name,
			...['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${fps}:d=${seconds}`],
			...(audio === false ? [] : soundInput(audio.rate ?? 44_100, audio.seconds ?? seconds)),
			...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-bf', `${bFrames}`],
			...['-g', '20'],
			...(timescale === undefined ? [] : ['-video_track_timescale', `${timescale}`]),
			...(audio === false ? [] : ['-c:a', 'aac', '-b:a', '48k', '-ac', `${audio.channels ?? 1}`]),
			...(spec.fastStart === true ? ['-movflags', '+faststart'] : []),
			...(spec.extra ?? []),
		);
		return this.samples.pathOf(name);
	}
}

function soundInput(rate: number, seconds: number): string[] {
	return ['-f', 'lavfi', '-i', `aevalsrc=sin(2*PI*t*(300+200*sin(t)))*0.5:s=${rate}:d=${seconds}`];
}
