import { writeFileSync } from 'node:fs';

import { placeholderVideo } from '../../nodes/CometApiKling/media/join/placeholder';
import { readVideoFacts } from '../../nodes/CometApiKling/media/join/read/videoFacts';
import { Samples } from '../media/samples';
import { decode } from './decode';
import { bytesSource } from './joinFiles';

const samples = new Samples();
afterAll(() => samples.remove());

it.each([
	[3.4, { width: 300, height: 302 }, { width: 300, height: 302 }],
	[60, { width: 512, height: 640 }, { width: 512, height: 640 }],
	[5, { width: 1920, height: 1080 }, { width: 640, height: 360 }],
	[0, { width: 1, height: 9 }, { width: 16, height: 16 }],
])(
	'a placeholder of %d s and %j plays and takes a few kilobytes',
	async (seconds, size, expected) => {
		const video = placeholderVideo(seconds, size);
		expect(video.length).toBeLessThan(6_000);
		expect(await readVideoFacts(bytesSource(video))).toEqual(expected);
		const length = Math.max(1, seconds);
		const file = samples.pathOf('placeholder.mp4');
		writeFileSync(file, video);
		const { pictures, sounds } = await decode(file);
		expect(pictures).toHaveLength(Math.ceil(length));
		// All pictures are the same.
		expect(new Set(pictures.map(({ hash }) => hash)).size).toBe(1);
		const soundSeconds = sounds.reduce((sum, sound) => sum + sound.seconds, 0);
		expect(Math.abs(soundSeconds - length)).toBeLessThan(0.13);
		// All sound is silence, except for the length of the last part.
		expect(new Set(sounds.map(({ hash }) => hash)).size).toBeLessThanOrEqual(2);
	},
);
