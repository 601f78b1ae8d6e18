import type { Fault } from '../../nodes/CometApiKling/kling/errors/faults';
import type { FaultKind } from '../../nodes/CometApiKling/kling/errors/faultTraits';
import type { TaskResponse } from '../../nodes/CometApiKling/kling/service';
import { readTask } from '../../nodes/CometApiKling/kling/response/readTask';
import type { LedgerEntry } from '../../nodes/CometApiKling/purchase/ledger/ledgerEntry';
import type { SubmitOutcome } from '../../nodes/CometApiKling/purchase/submit/submission';
import { submit } from '../../nodes/CometApiKling/purchase/submit/submit';
import { Slots } from '../../nodes/CometApiKling/polling/limits/slots';
import { VirtualClock } from '../support/virtualClock';

/** The time of day in these tests, in Unix milliseconds. */
export const NOW = 1_790_000_000_000;

/** The response that contains a task. */
export function taskResponse(id: string, more: Record<string, unknown> = {}): TaskResponse {
	const task = readTask([{ task_id: id, task_status: 'submitted', ...more }]);
	if (!task) throw new Error('The task could not be read.');
	return { kind: 'task', task };
}

export function faultResponse(kind: FaultKind, more: Partial<Fault> = {}): TaskResponse {
	return { kind: 'fault', fault: { kind, message: '', ...more } };
}

export interface Scene {
	/** Responses to the creates, in order; the last one repeats. */
	creates?: TaskResponse[];
	/** Responses to the lookups, in order; the last one repeats. */
	lookUps?: TaskResponse[];
	/** The ledger entry of an earlier attempt. */
	left?: LedgerEntry;
	/** The user's own external ID. */
	userExternalId?: string;
	/** Runs before a request is sent; the execution may end meanwhile. */
	beforeSending?: () => void;
	maxWaitMs?: number;
	signal?: AbortSignal;
	/** Called during the submission, this many milliseconds from the start. */
	meanwhile?: { atMs: number; act: () => void };
	slots?: (clock: VirtualClock) => Slots;
	/** Called for each request before its response, with the contents of the ledger at that time. */
	onRequest?: (kind: 'create' | 'lookUp', order: number, entry?: LedgerEntry) => void;
}

export interface Played {
	outcome: SubmitOutcome;
	/** The requests and their times, in milliseconds from the start: `create ext-1 @0`. */
	requests: string[];
	entry?: LedgerEntry;
	/** Whether a second submission gets a slot at once, with one slot in total. */
	slotIsFree: boolean;
	durationMs: number;
}

/** Runs a submission in virtual time, with a single slot by default. */
export async function play(scene: Scene): Promise<Played> {
	const clock = new VirtualClock();
	const start = clock.now();
	const slots = scene.slots?.(clock) ?? new Slots(1, clock, scene.signal);
	const requests: string[] = [];
	const turns = { create: 0, lookUp: 0 };
	let entry = scene.left && { ...scene.left };
	const ask = (
		kind: 'create' | 'lookUp',
		responses: TaskResponse[] | undefined,
		id: string,
	): TaskResponse => {
		const order = turns[kind]++;
		requests.push(`${kind} ${id} @${clock.now() - start}`);
		scene.onRequest?.(kind, order, entry && { ...entry });
		const response = responses?.[Math.min(order, responses.length - 1)];
		if (!response) throw new Error(`Unexpected request: ${kind}.`);
		return response;
	};
	const { meanwhile } = scene;
	if (meanwhile) void clock.sleep(meanwhile.atMs).then(meanwhile.act);
	const outcome = await clock.run(
		async () =>
			await submit({
				order: 0,
				place: {
					find: () => entry,
					open: (id) => (entry = { external_task_id: id }),
					delete: () => (entry = undefined),
				},
				userExternalId: scene.userExternalId,
				newExternalId: () => 'new',
				post: async (id, onSend) => {
					scene.beforeSending?.();
					if (scene.signal?.aborted) return undefined;
					onSend();
					return ask('create', scene.creates, id);
				},
				lookUp: async (id) => ask('lookUp', scene.lookUps, id),
				slots,
				maxWaitMs: scene.maxWaitMs ?? 60_000,
				clock,
				timeOfDay: () => NOW,
				signal: scene.signal,
			}),
	);
	const durationMs = clock.now() - start;
	let slotIsFree = false;
	void slots.acquire(1).then((slot) => (slotIsFree = slot !== undefined));
	await new Promise<void>((resolve) => setImmediate(resolve));
	return { outcome, requests, entry, slotIsFree, durationMs };
}
