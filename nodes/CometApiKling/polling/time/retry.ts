import type { Clock } from './clock';

/**
 * Makes an attempt, and repeats it after each of the pauses while its result is worth another
 * attempt. Stops early if the signal aborts; the caller checks the signal.
 *
 * @param pausesMs one pause before each further attempt, in milliseconds
 * @param attempt if it throws, the retries end
 * @returns the result of the last attempt
 */
export async function retry<Result>(
	{ clock, signal }: { clock: Clock; signal?: AbortSignal },
	pausesMs: readonly number[],
	attempt: () => Promise<Result>,
	isWorthRetrying: (result: Result) => boolean,
): Promise<Result> {
	let result = await attempt();
	for (const pauseMs of pausesMs) {
		if (!isWorthRetrying(result)) break;
		await clock.sleep(pauseMs, signal);
		if (signal?.aborted) break;
		result = await attempt();
	}
	return result;
}
