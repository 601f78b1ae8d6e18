import type { TaskResponse } from '../../kling/service';
import type { Clock } from '../../polling/time/clock';

/** Pauses between tries of any kind; the last one repeats. A proxy restarts within seconds. */
const RETRY_PAUSES_MS = [500, 2_000, 5_000, 10_000, 20_000, 30_000];

/**
 * Sleeps before the next try. Besides the slots, only this function pauses a submission.
 *
 * @param retry the number of earlier pauses
 * @param deadline in milliseconds; no sleep extends past it, and one last try is made at that time
 * @returns false if the run has ended or no time is left
 */
export async function pause(
	{ clock, signal }: { clock: Clock; signal?: AbortSignal },
	retry: number,
	deadline = Infinity,
	response?: TaskResponse,
): Promise<boolean> {
	const leftMs = deadline - clock.now();
	if (leftMs <= 0 || signal?.aborted) return false;
	const ownMs = RETRY_PAUSES_MS[Math.min(retry, RETRY_PAUSES_MS.length - 1)] ?? 0;
	const askedMs = (response?.kind === 'fault' && response.fault.retryAfterMs) || 0;
	await clock.sleep(Math.min(Math.max(ownMs, askedMs), leftMs), signal);
	return !signal?.aborted;
}
