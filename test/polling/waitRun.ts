import { Pacer } from '../../nodes/CometApiKling/polling/limits/pacer';
import type { PollResult, WaitOutcome } from '../../nodes/CometApiKling/polling/pollResult';
import { waitForTask, type WaitSettings } from '../../nodes/CometApiKling/polling/waitForTask';
import { VirtualClock } from '../support/virtualClock';

export type TestResult = PollResult<string, string>;

export const RUNNING: TestResult = { kind: 'running', status: 'processing', statusIsKnown: true };
export const ENDED: TestResult = { kind: 'ended', status: 'succeed', task: 'the task' };
export const UNAVAILABLE = { kind: 'transient', label: 'HTTP 503' } as const satisfies TestResult;

export interface WaitRun {
	outcome: WaitOutcome<string, string>;
	/** When each poll was made, in milliseconds from the start. */
	polledAtMs: number[];
	endedAtMs: number;
}

/** Waits through a script of poll results in virtual time. The last result repeats. */
export async function runWait(
	script: TestResult[],
	settings: Partial<WaitSettings> = {},
	onPoll: (order: number, clock: VirtualClock) => Promise<void> | void = () => undefined,
	pacing: { turnsPerSecond?: number; onStart?: (clock: VirtualClock) => void } = {},
): Promise<WaitRun> {
	const clock = new VirtualClock();
	const start = clock.now();
	const polledAtMs: number[] = [];
	const outcome = await clock.run(async () => {
		const waiting = waitForTask<string, string>(
			async () => {
				polledAtMs.push(clock.now() - start);
				await onPoll(polledAtMs.length, clock);
				return script[Math.min(polledAtMs.length, script.length) - 1] ?? RUNNING;
			},
			{ maxWaitMs: 600_000, firstIntervalMs: 5_000, createdAt: start, ...settings },
			clock,
			new Pacer(pacing.turnsPerSecond ?? 20, clock),
		);
		pacing.onStart?.(clock);
		return await waiting;
	});
	return { outcome, polledAtMs, endedAtMs: clock.now() - start };
}
