import { Slots } from '../../nodes/CometApiKling/polling/limits/slots';
import { VirtualClock } from '../support/virtualClock';

export interface BatchPlan {
	items: number;
	/** The user's limit. */
	limit: number;
	/** The slots of the account, including those used by others. */
	slots: number;
	held?: { count: number; unreadableMs: number };
	/** How long tasks take, in the order in which they are accepted; then the list repeats. */
	taskMs: number[];
	/** How long the service takes to respond to a create. */
	createMs?: number;
	/** The batch is aborted after this time. */
	giveUpAfterMs?: number;
	randoms?: number[];
}

export interface Batch {
	createMs: number;
	refused: number;
	/** Items in the order in which their tasks were accepted, and the times. */
	startedOrder: number[];
	startedAtMs: number[];
	endedAfterMs: number;
	mostUnfinished: number;
	mostSubmitting: number;
	/** The longest time during which a slot was free, items waited, and none of our tasks ran. */
	longestIdleMs: number;
}

const DEFAULT_CREATE_MS = 500;

/** Runs items with an account in virtual time, as `submit` does. */
export async function runBatch(plan: BatchPlan): Promise<Batch> {
	const { createMs = DEFAULT_CREATE_MS, held = { count: 0, unreadableMs: 0 } } = plan;
	const clock = new VirtualClock(1_000_000, plan.randoms);
	const start = clock.now();
	const end = new AbortController();
	const slots = new Slots(plan.limit, clock, end.signal);
	const startedAtMs: number[] = [];
	const startedOrder: number[] = [];
	let [running, refused, submitting, mostUnfinished, mostSubmitting] = [0, 0, 0, 0, 0];
	let [longestIdleMs, freeSince] = [0, 0];

	const passed = (): number => clock.now() - start;
	const others = (): number => (passed() < held.unreadableMs ? held.count : 0);

	async function runItem(item: number): Promise<void> {
		for (;;) {
			const slot = await slots.acquire(item);
			if (!slot) return;
			mostSubmitting = Math.max(mostSubmitting, ++submitting);
			await clock.sleep(createMs);
			submitting--;
			if (running + others() >= plan.slots) {
				refused++;
				slot.refused();
				continue;
			}
			if (running === 0) {
				longestIdleMs = Math.max(longestIdleMs, passed() - Math.max(freeSince, freeAt()));
			}
			mostUnfinished = Math.max(mostUnfinished, ++running);
			const durationMs = plan.taskMs[startedOrder.length % plan.taskMs.length] ?? 0;
			startedOrder.push(item);
			startedAtMs[item] = passed();
			slot.accepted();
			await clock.sleep(durationMs);
			if (--running === 0) freeSince = passed();
			slot.release();
			return;
		}
	}

	/** When the account first had a slot for us. */
	function freeAt(): number {
		return held.count >= plan.slots ? held.unreadableMs : 0;
	}

	await clock.run(async () => {
		const { giveUpAfterMs } = plan;
		if (giveUpAfterMs !== undefined) void clock.sleep(giveUpAfterMs).then(() => end.abort());
		await Promise.all(Array.from({ length: plan.items }, async (_, item) => await runItem(item)));
	});
	return {
		createMs,
		refused,
		startedOrder,
		startedAtMs,
		endedAfterMs: passed(),
		mostUnfinished,
		mostSubmitting,
		longestIdleMs,
	};
}
