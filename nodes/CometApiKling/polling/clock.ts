/** The outside world of everything that waits; tests bring their own and run in virtual time. */
export interface Clock {
	/** Unix time in milliseconds. */
	now(): number;
	/**
	 * Resolves after so many milliseconds, or as soon as the signal aborts. It never rejects: whoever
	 * sleeps looks at the signal afterwards.
	 */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
	/** A number from 0 up to, but not including, 1. */
	random(): number;
}
