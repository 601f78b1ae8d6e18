import { MEDIA_LIMITS } from '../media/limits';

/** The length of an item's audio. */
export interface ItemAudioSeconds {
	itemIndex: number;
	/** Left out if it is unknown, as for URLs and audio IDs. */
	seconds?: number;
	/** Whether the length was estimated from a text. */
	estimated: boolean;
}

/** The total audio of all items. */
export interface TotalAudioSeconds {
	/** Rounded to the millisecond. */
	seconds: number;
	/** Whether one of the lengths is not known exactly. */
	estimated: boolean;
	isOverLimit: boolean;
	/** The three longest, the longest first; equal ones in the order of the items. */
	longest: Array<Required<ItemAudioSeconds>>;
}

/**
 * The assumed length of audio of unknown length: the longest that an avatar accepts
 * (docs/maintainers/service-notes.md#create-an-avatar-task).
 */
const UNKNOWN_AUDIO_SECONDS = MEDIA_LIMITS.audioSafeSeconds;

const LONGEST_COUNT = 3;

/**
 * Adds up the audio of all items for 'Max Total Seconds'.
 *
 * @param maxTotalSeconds if left out, no total exceeds the limit
 */
export function addAudioSeconds(
	items: readonly ItemAudioSeconds[],
	maxTotalSeconds = Infinity,
): TotalAudioSeconds {
	const known = items.map(({ itemIndex, seconds, estimated }) => ({
		itemIndex,
		seconds: seconds ?? UNKNOWN_AUDIO_SECONDS,
		estimated: estimated || seconds === undefined,
	}));
	const sum = known.reduce((total, { seconds }) => total + seconds, 0);
	// Without this tolerance, ten times 0.1 s would exceed 1 s.
	const seconds = Math.round(sum * 1000) / 1000;
	return {
		seconds,
		estimated: known.some(({ estimated }) => estimated),
		isOverLimit: seconds > maxTotalSeconds,
		longest: [...known].sort((one, other) => other.seconds - one.seconds).slice(0, LONGEST_COUNT),
	};
}
