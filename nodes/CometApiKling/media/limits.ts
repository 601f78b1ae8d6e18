const MEGABYTE_BYTES = 1024 * 1024;

/** What the API takes (API.md 2). */
export const MEDIA_LIMITS = {
	imageMaxBytes: 10 * MEGABYTE_BYTES,
	imageMinSidePixels: 300,
	/** Of the longer side to the shorter one. */
	imageMaxRatio: 2.5,
	audioMaxBytes: 5 * MEGABYTE_BYTES,
	audioMinSeconds: 2,
	/** CometAPI's own page says 60 s; a user found longer ones unreliable. */
	audioSafeSeconds: 60,
	/** Kling's own limit. */
	audioMaxSeconds: 300,
	/** Encoders add up to three frames, so that five minutes of sound make a file a little longer. */
	audioPaddingSeconds: 0.2,
} as const;
