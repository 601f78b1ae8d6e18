/**
 * Everything that a wait needs from its environment. Tests use their own clock with virtual time.
 */
export interface Clock {
	/**
	 * Milliseconds on a clock that never goes back, even if the system time is set back. Use it to
	 * measure durations. It starts near Unix time but can drift, so it is not the time of day. It can
	 * leap ahead if the computer was suspended.
	 */
	now(): number;
	/**
	 * Resolves after this many milliseconds, or as soon as the signal aborts. It never rejects, so
	 * the caller checks the signal afterwards.
	 */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
	/** A number from 0 up to, but not including, 1. */
	random(): number;
}
