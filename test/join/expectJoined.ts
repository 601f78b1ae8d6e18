import { createHash } from 'node:crypto';

import type { JoinedVideo } from '../../nodes/CometApiKling/media/join/joinClips';
import { silentFrame } from '../../nodes/CometApiKling/media/join/write/silence';
import { hashes, type Decoded, type Unit } from './decode';

const SILENCE = [1, 2].map((channelConfig) =>
	createHash('md5').update(silentFrame({ channelConfig })).digest('hex'),
);

/** Half of the drift that the issue allows at each border. */
const MAX_DRIFT_SECONDS = 0.02;

export function isSilence(hash: string): boolean {
	return SILENCE.includes(hash);
}

/** Compares a joined video with its clips: the same pictures and packets, in order and in sync. */
export function expectJoined(joined: JoinedVideo, whole: Decoded, clips: Decoded[]): void {
	const heard = whole.packets.filter(({ hash }) => !isSilence(hash));
	expect(hashes(whole.pictures)).toEqual(clips.flatMap(({ pictures }) => hashes(pictures)));
	expect(hashes(heard)).toEqual(clips.flatMap(({ packets }) => hashes(packets)));
	expectMonotone(whole.pictures.map(({ pts }) => pts));
	expectMonotone(whole.packets.map(({ dts }) => dts));
	expectMonotone(whole.sounds.map(({ pts }) => pts));
	// The sound has no gaps, so players that ignore its times play it in the same way.
	whole.packets.slice(1).forEach((packet, index) => {
		const before = whole.packets[index];
		expect(packet.dts - (before?.dts ?? NaN) - (before?.seconds ?? NaN)).toBeCloseTo(0, 3);
	});
	expectInStep(joined, whole.pictures, heard, clips);
}

/**
 * Each clip starts when the join says, and its sound has the same offset from its pictures as
 * before.
 */
export function expectInStep(
	joined: JoinedVideo,
	pictures: Unit[],
	packets: Unit[],
	clips: Decoded[],
	maxDriftSeconds = MAX_DRIFT_SECONDS,
): void {
	let [picture, packet] = [0, 0];
	clips.forEach((clip, index) => {
		const start = joined.clips[index]?.startSeconds ?? NaN;
		const shown = (pictures[picture]?.pts ?? NaN) - start;
		expect(Math.abs(shown - (clip.pictures[0]?.pts ?? NaN))).toBeLessThan(maxDriftSeconds);
		if (clip.packets.length > 0) {
			const played = (packets[packet]?.pts ?? NaN) - start;
			expect(Math.abs(played - (clip.packets[0]?.pts ?? NaN))).toBeLessThan(maxDriftSeconds);
		}
		picture += clip.pictures.length;
		packet += clip.packets.length;
	});
}

function expectMonotone(times: number[]): void {
	times.slice(1).forEach((time, index) => expect(time).toBeGreaterThan(times[index] ?? NaN));
}
