import type { VoiceLanguage } from '../kling/voices';
import {
	breakLines,
	columnsOf,
	lineEnds,
	MAX_LINE_COLUMNS,
	type CaptionWord,
} from './captionLines';
import { estimateSpeechSeconds } from './estimate';
import { packPieces, type Group } from './pack';
import { cutIntoPieces, type CutKind } from './pieces';

/** A clip of a talk: its text and its actual length. */
export interface SpokenClip {
	text: string;
	seconds: number;
}

/** A caption and when it is shown, in milliseconds from the start of the whole video. */
export interface Cue {
	startMs: number;
	endMs: number;
	lines: string[];
}

/** Viewers miss shorter cues, and longer ones look stuck. Both limits are common for subtitles. */
const MIN_CUE_MS = 800;
const MAX_CUE_MS = 7000;

/** Emoji are silent, but a caption that contains only emoji still needs some time. */
const SECONDS_PER_COLUMN = 0.001;

/**
 * Counted in cues: each sentence gets its own cue unless it is too short; the end of a clause is a
 * good place to cut, too.
 */
const CUT_COSTS: Record<CutKind, number> = {
	paragraph: -2,
	sentence: -2,
	clause: 0.2,
	word: 0.6,
	grapheme: 5,
	codePoint: 5,
};

interface TimedWord extends CaptionWord {
	seconds: number;
}

/**
 * Times captions: sentence by sentence within each clip, in proportion to the time that each one
 * takes to say. Lines have at most 42 columns, cues have at most two lines and last 0.8 to 7 s, and
 * they never overlap.
 *
 * If not all of these limits can be kept, they give way in this order:
 * - A single word that fills more than 7 s of its clip ends after 7 s.
 * - If a clip has less than 0.8 s for each cue that its text needs, they share its time evenly. A
 *   cue never goes past the end of its clip.
 * - If a clip has less than a millisecond for each, all its text is one cue with as many lines as
 *   it needs. A clip of zero length has no cues.
 * - A single character of more than 42 code points gets its own line.
 */
export function captionCues(clips: readonly SpokenClip[], language: VoiceLanguage): Cue[] {
	let seconds = 0;
	return clips.flatMap((clip) => {
		const startMs = Math.round(seconds * 1000);
		if (Number.isFinite(clip.seconds)) seconds += Math.max(0, clip.seconds);
		return clipCues(clip, startMs, Math.round(seconds * 1000), language);
	});
}

function clipCues(
	clip: SpokenClip,
	startMs: number,
	endMs: number,
	language: VoiceLanguage,
): Cue[] {
	const lengthMs = endMs - startMs;
	const words = timedWords(clip, language);
	if (words.length === 0 || lengthMs <= 0) return [];

	let groups = groupWords(words);
	if (groups.length > lengthMs) groups = [{ first: 0, last: words.length - 1 }];
	const lengths = groups.map(({ first, last }) => sumSeconds(words.slice(first, last + 1)));
	const starts = cueStarts(lengths, lengthMs);
	return groups.map(({ first, last }, index) => {
		const start = startMs + (starts[index] ?? 0);
		const next = startMs + (starts[index + 1] ?? lengthMs);
		return {
			startMs: start,
			endMs: Math.min(next, start + MAX_CUE_MS),
			lines: breakLines(words.slice(first, last + 1)),
		};
	});
}

/** The words of a clip; their seconds add up to the clip's. */
function timedWords(clip: SpokenClip, language: VoiceLanguage): TimedWord[] {
	// Control characters, and the arrow in SRT's time lines, would break the file.
	const text = clip.text
		.replace(/\p{Cc}/gu, (control) => (/\s/.test(control) ? control : ' '))
		.replaceAll('-->', '→');
	const weigh = (part: string): number =>
		estimateSpeechSeconds(part, { language, speed: 1 }) + columnsOf(part) * SECONDS_PER_COLUMN;
	const maxWeight = (MAX_CUE_MS / 1000) * (weigh(text) / clip.seconds);
	// A short word in a long clip stays whole. Only a word that takes a long time to say, such as
	// a string of digits, is split to limit its time.
	const maxWordWeight = Math.max(MAX_CUE_MS / 1000, maxWeight);
	const pieces = cutIntoPieces(text, language, (piece, cut) => {
		if (cut === 'grapheme') return false;
		return cut !== 'word' || columnsOf(piece) > MAX_LINE_COLUMNS || weigh(piece) > maxWordWeight;
	});
	const words = pieces.map(({ start, end, cut }, index) => {
		const nextStart = pieces[index + 1]?.start ?? end;
		const word = text.slice(start, end);
		return {
			text: word,
			columns: columnsOf(word),
			hasSpaceAfter: nextStart > end,
			cut,
			seconds: weigh(text.slice(start, nextStart)),
		};
	});
	const scale = clip.seconds / sumSeconds(words);
	return words.map((word) => ({ ...word, seconds: word.seconds * scale }));
}

/** The words of each cue. */
function groupWords(words: readonly TimedWord[]): Group[] {
	const ends = lineEnds(words);
	return packPieces(words, {
		maxSeconds: MAX_CUE_MS / 1000,
		minSeconds: MIN_CUE_MS / 1000,
		cutCosts: CUT_COSTS,
		fits: (first, last) => {
			const secondLine = ends[first] ?? words.length;
			return last < (ends[secondLine] ?? words.length);
		},
	});
}

/**
 * When each cue of a clip starts, in milliseconds within the clip: when it is spoken, but never too
 * soon after the one before.
 */
function cueStarts(lengths: number[], clipMs: number): number[] {
	const minMs = Math.min(MIN_CUE_MS, Math.floor(clipMs / lengths.length));
	const total = lengths.reduce((sum, seconds) => sum + seconds, 0);
	let said = 0;
	let earliest = 0;
	return lengths.map((seconds, index) => {
		const latest = clipMs - (lengths.length - index) * minMs;
		const spoken = Math.round((clipMs * said) / total);
		const start = Math.max(earliest, Math.min(latest, spoken));
		said += seconds;
		earliest = start + minMs;
		return start;
	});
}

function sumSeconds(words: readonly TimedWord[]): number {
	return words.reduce((sum, { seconds }) => sum + seconds, 0);
}
