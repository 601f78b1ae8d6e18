import fc from 'fast-check';

import type { Fault } from '../../nodes/CometApiKling/kling/errors/faults';
import type { FaultKind } from '../../nodes/CometApiKling/kling/errors/faultTraits';
import type { TaskResponse } from '../../nodes/CometApiKling/kling/service';
import { readTask } from '../../nodes/CometApiKling/kling/response/readTask';
import { Ledger } from '../../nodes/CometApiKling/purchase/ledger/ledger';
import type { LedgerEntry } from '../../nodes/CometApiKling/purchase/ledger/ledgerEntry';
import type { SubmitOutcome } from '../../nodes/CometApiKling/purchase/submit/submission';
import { submit } from '../../nodes/CometApiKling/purchase/submit/submit';
import { Slots } from '../../nodes/CometApiKling/polling/limits/slots';
import { VirtualClock } from '../support/virtualClock';
import { NOW } from './submitSetup';

/** The fate of one request: whether the service creates a task, and whether it responds. */
const FATES = [
	'answered',
	'lost after',
	'lost before',
	'repeated by the gateway',
	'busy',
	'rate limited',
	'refused',
	'unreachable',
] as const;
type Fate = (typeof FATES)[number];

interface Try {
	creates: Fate[];
	lookUps: Array<'answered' | 'lost' | 'down'>;
	/**
	 * When the process dies: it can die before and after each ledger step and each request.
	 */
	diesAt?: number;
	/** When the execution is canceled. */
	canceledAt?: number;
}

const moment = fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined });

const aTry: fc.Arbitrary<Try> = fc.record({
	creates: fc.array(fc.constantFrom(...FATES), { maxLength: 6 }),
	lookUps: fc.array(fc.constantFrom('answered', 'lost', 'down'), { maxLength: 8 }),
	diesAt: moment,
	canceledAt: moment,
});

/**
 * docs/maintainers/service-notes.md#tasks: some services keep external IDs unique and find tasks by
 * them; gateways need not do either.
 */
const aService = fc.record({ keepsIdsUnique: fc.boolean(), findsByExternalId: fc.boolean() });

class Death extends Error {}

class Service {
	readonly taskIds: string[] = [];
	private readonly ids = new Map<string, string>();
	/** Set if a create ended and it is unknown whether a task exists. */
	isUnknown = false;

	constructor(private readonly traits: { keepsIdsUnique: boolean; findsByExternalId: boolean }) {}

	create(externalTaskId: string, fate: Fate): TaskResponse {
		if (fate === 'busy') return fault('tooManyTasks');
		if (fate === 'rate limited') return fault('rateLimited');
		if (fate === 'refused') return fault('badParameters');
		if (fate === 'unreachable') return fault('unreachable');
		this.isUnknown = fate !== 'answered';
		if (fate === 'lost before') return fault('interrupted');
		if (this.traits.keepsIdsUnique && this.ids.has(externalTaskId)) return fault('duplicateId');
		const id = `task-${this.taskIds.length}`;
		this.taskIds.push(id);
		this.ids.set(externalTaskId, id);
		if (fate === 'lost after') return fault('interrupted');
		// Only a service that keeps IDs unique rejects a gateway's own repetition.
		const isRepeated = fate === 'repeated by the gateway' && this.traits.keepsIdsUnique;
		return isRepeated ? fault('duplicateId') : found(id, externalTaskId);
	}

	find(externalTaskId: string): TaskResponse {
		const id = this.traits.findsByExternalId ? this.ids.get(externalTaskId) : undefined;
		return id === undefined ? fault('notFound') : found(id, externalTaskId);
	}
}

function found(id: string, externalTaskId: string): TaskResponse {
	const info = { external_task_id: externalTaskId };
	const task = readTask([
		{ task_id: id, task_status: 'submitted', task_info: info, created_at: NOW },
	]);
	return task ? { kind: 'task', task } : fault('notFound');
}

function fault(kind: FaultKind): TaskResponse {
	const one: Fault = { kind, message: '' };
	return { kind: 'fault', fault: one };
}

/** Runs one attempt for an item, with a crash or a cancellation in the middle of it. */
async function tryOnce(
	plan: Try,
	service: Service,
	context: Record<string, unknown>,
	ids: { userExternalId?: string; newExternalId(): string },
): Promise<SubmitOutcome | undefined> {
	const clock = new VirtualClock();
	const ledger = new Ledger(context, 0);
	const controller = new AbortController();
	const { signal } = controller;
	let moments = 0;
	const pass = (): void => {
		if (moments === plan.canceledAt) controller.abort();
		if (moments++ === plan.diesAt) throw new Death();
	};
	const step = <T>(work: () => T): T => {
		pass();
		const result = work();
		pass();
		return result;
	};
	const place = {
		find: () => step(() => ledger.find(0, 'avatar', 'hash')),
		open: (id: string): LedgerEntry => step(() => ledger.open(0, 'avatar', 'hash', id)),
		delete: () => step(() => ledger.delete(0, 'avatar', 'hash')),
	};
	const work = async (): Promise<SubmitOutcome> =>
		await submit({
			order: 0,
			place,
			userExternalId: ids.userExternalId,
			newExternalId: () => step(ids.newExternalId),
			post: async (id, onSend) => {
				pass();
				if (signal.aborted) return undefined;
				onSend();
				expect(service.isUnknown).toBe(false);
				const response = service.create(id, plan.creates.shift() ?? 'answered');
				pass();
				return response;
			},
			lookUp: async (id) =>
				step(() => {
					const fate = plan.lookUps.shift() ?? 'answered';
					if (fate === 'lost') return fault('interrupted');
					return fate === 'down' ? fault('unavailable') : service.find(id);
				}),
			slots: new Slots(5, clock, signal),
			maxWaitMs: 60_000,
			clock,
			timeOfDay: () => NOW,
			signal,
		});
	return await clock.run(
		async () =>
			await work().catch((error: unknown) => {
				if (error instanceof Death) return undefined;
				throw error;
			}),
	);
}

test.each([
	['generated', undefined],
	["the user's", 'order-7'],
])(
	'at most one task exists after any failure, crash, cancel and retry, with %s ID',
	async (_name, userId) => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(aTry, { minLength: 1, maxLength: 6 }),
				aService,
				async (tries, traits) => {
					const service = new Service(traits);
					const context: Record<string, unknown> = {};
					let ids = 0;
					for (const plan of structuredClone(tries)) {
						const outcome = await tryOnce(plan, service, context, {
							userExternalId: userId,
							newExternalId: () => `external-${ids++}`,
						});
						const entry = new Ledger(context, 0).find(0, 'avatar', 'hash');
						if (outcome?.kind === 'task') expect(service.taskIds).toEqual([outcome.taskId]);
						if (outcome?.kind === 'unconfirmed') {
							expect(entry?.external_task_id).toBe(outcome.externalTaskId);
						}
						// Once a task is known, later attempts resume it.
						if (entry?.task_id !== undefined) service.isUnknown = true;
					}
					expect(service.taskIds.length).toBeLessThanOrEqual(1);
				},
			),
			{ numRuns: 1000 },
		);
	},
);
