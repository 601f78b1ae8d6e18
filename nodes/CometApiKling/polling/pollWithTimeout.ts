import type { Clock } from './time/clock';
import { onAbort } from './time/onAbort';
import type { PollResult, PollTask } from './pollResult';

/** Polls once, and stops after the timeout or at an abort, whatever `poll` does. Never throws. */
export async function pollWithTimeout<Task, Reason>(
	poll: PollTask<Task, Reason>,
	timeoutMs: number,
	clock: Clock,
	signal?: AbortSignal,
): Promise<PollResult<Task, Reason>> {
	const stop = new AbortController();
	const unsubscribe = onAbort(signal, () => stop.abort());
	try {
		return await Promise.race([
			poll(timeoutMs).catch(
				(): PollResult<Task, Reason> => ({ kind: 'transient', label: 'failed request' }),
			),
			clock
				.sleep(timeoutMs, stop.signal)
				.then((): PollResult<Task, Reason> => ({ kind: 'transient', label: 'no response' })),
		]);
	} finally {
		unsubscribe();
		stop.abort();
	}
}
