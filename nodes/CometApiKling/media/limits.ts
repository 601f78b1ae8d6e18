const MEGABYTE_BYTES = 1024 * 1024;

/** The limits of the API (docs/maintainers/service-notes.md#create-an-avatar-task). */
export const MEDIA_LIMITS = {
	imageMaxBytes: 10 * MEGABYTE_BYTES,
	imageMinSidePixels: 300,
	/** The ratio of the longer side to the shorter one. */
	imageMaxRatio: 2.5,
	audioMaxBytes: 5 * MEGABYTE_BYTES,
	audioMinSeconds: 2,
	/** CometAPI's own page says 60 s; a user found longer audio unreliable. */
	audioSafeSeconds: 60,
	/** Kling's own limit. */
	audioMaxSeconds: 300,
	/**
	 * Encoders add up to three frames, so a file with five minutes of sound is slightly longer.
	 */
	audioPaddingSeconds: 0.2,
} as const;
