import { estimateSpeechSeconds, type VoicePace } from './estimate';
import { packPieces } from './pack';
import { cutIntoPieces, type CutKind } from './pieces';

/** The maximum length of a text to split, in characters; about 25 minutes of English. */
export const MAX_LONG_TEXT_CHARACTERS = 20_000;

/** The limits of a part. */
export interface SplitLimits {
	maxSeconds: number;
	minSeconds: number;
	/**
	 * The number of UTF-16 units, which is never lower than the number of code points that the API
	 * may count.
	 */
	maxCharacters: number;
}

/**
 * With 50 s, the estimate can be a fifth too low before speech exceeds the 60 s of a clip. With 3
 * s, it can be a third too high before speech falls below the 2 s that an avatar needs. Kling
 * speaks up to 1,000 characters (docs/maintainers/service-notes.md#speech).
 */
export const PART_LIMITS: SplitLimits = { maxSeconds: 50, minSeconds: 3, maxCharacters: 1000 };

/**
 * Counted in parts, with each part costing 1 to 2. A better kind of cut never costs more in extra
 * parts and lost balance than the step to the next kind, so a worse cut is made only if there is no
 * other way.
 */
const CUT_COSTS: Record<CutKind, number> = {
	paragraph: 0,
	sentence: 0.1,
	clause: 3,
	word: 8,
	grapheme: 20,
	codePoint: 50,
};

/**
 * Splits a text into parts of even length that a voice can say one by one: at sentences, at clauses
 * if a sentence is too long, then at words. Joined, the parts are the text without the whitespace
 * at the cuts and at both ends. A text that fits is returned as it is; a blank text has no parts.
 *
 * No part exceeds a limit, unless it is a single character. A character that is longer than
 * `maxCharacters` is cut between code points. A part is shorter than `minSeconds` only if the text
 * is, or if silent content, such as hundreds of emoji, fills a part by itself.
 */
export function splitText(
	text: string,
	pace: VoicePace,
	limits: SplitLimits = PART_LIMITS,
): string[] {
	if (text.trim() === '') return [];
	const fits = (part: string, share: number): boolean =>
		part.length <= limits.maxCharacters * share &&
		estimateSpeechSeconds(part, pace) <= limits.maxSeconds * share;
	if (fits(text, 1)) return [text];

	// Pieces of at most half a part can always be moved to a neighbor that is too short.
	const pieces = cutIntoPieces(text, pace.language, (piece, cut) =>
		cut === 'grapheme' ? piece.length > limits.maxCharacters : !fits(piece, 1 / 2),
	);
	const timed = pieces.map((piece, index) => {
		const withGap = text.slice(piece.start, pieces[index + 1]?.start ?? piece.end);
		return { ...piece, seconds: estimateSpeechSeconds(withGap, pace) };
	});
	const rangeOf = (first: number, last: number): [number, number] => [
		pieces[first]?.start ?? 0,
		pieces[last]?.end ?? 0,
	];
	const groups = packPieces(timed, {
		maxSeconds: limits.maxSeconds,
		minSeconds: limits.minSeconds,
		cutCosts: CUT_COSTS,
		fits: (first, last) => {
			const [start, end] = rangeOf(first, last);
			return end - start <= limits.maxCharacters;
		},
	});
	return groups.map(({ first, last }) => text.slice(...rangeOf(first, last)));
}

/**
 * Splits a part whose speech was too long, at the measured rate. The other parts stay as they are.
 *
 * @param measuredSeconds the length of the speech of this part
 * @returns two parts or more; one if it fits after all, or is a single character
 */
export function splitAgain(
	part: string,
	measuredSeconds: number,
	pace: VoicePace,
	limits: SplitLimits = PART_LIMITS,
): string[] {
	const estimatedSeconds = estimateSpeechSeconds(part, pace);
	if (estimatedSeconds > 0) {
		const speed = (pace.speed * estimatedSeconds) / measuredSeconds;
		return splitText(part, { ...pace, speed }, limits);
	}
	// The voice reads aloud what counts as silent, such as emoji, so only a rate per character is
	// possible.
	const share = Math.min(1, limits.maxSeconds / measuredSeconds);
	const maxCharacters = Math.max(1, Math.floor(part.length * share));
	return splitText(part, pace, { ...limits, maxCharacters });
}
