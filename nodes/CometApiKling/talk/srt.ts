import type { VoiceLanguage } from '../kling/voices';
import { captionCues, type Cue, type SpokenClip } from './captions';

/**
 * The captions of a talk as the text of an SRT file: the output field `captions_srt`.
 *
 * @returns an empty text if nothing is said
 */
export function captionsSrt(clips: readonly SpokenClip[], language: VoiceLanguage): string {
	return captionCues(clips, language).map(toBlock).join('\n');
}

function toBlock({ startMs, endMs, lines }: Cue, index: number): string {
	const times = `${toTimestamp(startMs)} --> ${toTimestamp(endMs)}`;
	return `${index + 1}\n${times}\n${lines.join('\n')}\n`;
}

/** `01:02:03,004` */
function toTimestamp(totalMs: number): string {
	const parts = [
		Math.floor(totalMs / 3_600_000),
		Math.floor(totalMs / 60_000) % 60,
		Math.floor(totalMs / 1000) % 60,
	].map((part) => String(part).padStart(2, '0'));
	return `${parts.join(':')},${String(totalMs % 1000).padStart(3, '0')}`;
}
