/** Why the length of an audio file is not known. */
export type AudioFault =
	/** The file contains far less audio than its header says. */
	| 'cut'
	/** The file contains moving pictures. */
	| 'video'
	/** The file has no audio track. */
	| 'silent'
	/** Copy protection (DRM): only the seller's own players can decode it. */
	| 'encrypted'
	/** Sound in a format that is not usual in such a file, such as AMR in 3GP. */
	| 'foreign'
	| 'unreadable';

/** What a reader learned about the length of an audio file. */
export type AudioLength = { seconds: number } | AudioFault;

/** A length of zero does not count: such a file holds headers only. */
export function toAudioLength(seconds: number | undefined): AudioLength {
	return seconds !== undefined && seconds > 0 && Number.isFinite(seconds)
		? { seconds }
		: 'unreadable';
}

/**
 * A file with less than this share of what its header announces was cut off in transit. Headers are
 * often wrong by a few frames or bytes, so a little less than announced is normal.
 */
export const MIN_PRESENT_SHARE = 0.9;
