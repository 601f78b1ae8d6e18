import fc from 'fast-check';

import type { Fault, FaultKind } from '../../nodes/CometApiKling/kling/faults';
import type { TaskResponse } from '../../nodes/CometApiKling/kling/parseResponse';
import { readTask } from '../../nodes/CometApiKling/kling/task';
import { Ledger } from '../../nodes/CometApiKling/purchase/ledger';
import { submit } from '../../nodes/CometApiKling/purchase/submit';
import { Slots } from '../../nodes/CometApiKling/polling/slots';
import { VirtualClock } from '../support/virtualClock';

/** What becomes of one request: whether the service makes a task, and whether it gets to say so. */
type Fate = 'answered' | 'lost after' | 'lost before' | 'busy' | 'refused' | 'unreachable';

interface Try {
	creates: Fate[];
	lookUps: Array<'answered' | 'lost'>;
	/** The moment at which the process dies; each step, of the ledger or a request, has one on each side. */
	diesAt?: number;
}

const aTry: fc.Arbitrary<Try> = fc.record({
	creates: fc.array(
		fc.constantFrom<Fate>(
			'answered',
			'lost after',
			'lost before',
			'busy',
			'refused',
			'unreachable',
		),
		{ maxLength: 6 },
	),
	lookUps: fc.array(fc.constantFrom('answered' as const, 'lost' as const), { maxLength: 8 }),
	diesAt: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
});

class Death extends Error {}

/** The service: keeps external ids unique, and never forgets a task. */
class Service {
	readonly tasks = new Map<string, string>();
	posts = 0;

	create(externalTaskId: string, fate: Fate): TaskResponse {
		this.posts++;
		if (fate === 'busy') return fault('tooManyTasks');
		if (fate === 'refused') return fault('badParameters');
		if (fate === 'unreachable') return fault('unreachable');
		if (fate === 'lost before') return fault('interrupted');
		if (this.tasks.has(externalTaskId)) return fault('duplicateId');
		this.tasks.set(externalTaskId, `task-${this.tasks.size}`);
		return fate === 'lost after' ? fault('interrupted') : this.find(externalTaskId);
	}

	find(externalTaskId: string): TaskResponse {
		const id = this.tasks.get(externalTaskId);
		const task =
			id === undefined ? undefined : readTask([{ task_id: id, task_status: 'submitted' }]);
		return task ? { kind: 'task', task } : fault('notFound');
	}
}

function fault(kind: FaultKind): TaskResponse {
	const one: Fault = { kind, message: '' };
	return { kind: 'fault', fault: one };
}

test('whatever fails, dies and is tried again, an item has at most one task', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(aTry, { minLength: 1, maxLength: 6 }), async (tries) => {
			const clock = new VirtualClock();
			const service = new Service();
			const context: Record<string, unknown> = {};
			let ids = 0;
			for (const one of tries) {
				const ledger = new Ledger(context, 0);
				let moment = 0;
				const orDie = <T>(step: () => T): T => {
					if (moment++ === one.diesAt) throw new Death();
					const result = step();
					if (moment++ === one.diesAt) throw new Death();
					return result;
				};
				const outcome = await clock.run(
					async () =>
						await submit({
							order: 0,
							book: {
								read: () => orDie(() => ledger.find(0, 'avatar', 'hash')),
								write: (entry) => orDie(() => ledger.write(0, 'avatar', 'hash', entry)),
								delete: () => orDie(() => ledger.delete(0, 'avatar', 'hash')),
							},
							newExternalId: () => orDie(() => `external-${ids++}`),
							post: async (id) =>
								orDie(() => service.create(id, one.creates.shift() ?? 'answered')),
							lookUp: async (id) =>
								orDie(() =>
									one.lookUps.shift() === 'lost' ? fault('interrupted') : service.find(id),
								),
							slots: new Slots(5, clock),
							maxQueueMs: 60_000,
							clock,
						}).catch((error: unknown) => {
							if (error instanceof Death) return undefined;
							throw error;
						}),
				);
				if (outcome?.kind === 'task') expect([...service.tasks.values()]).toContain(outcome.taskId);
				if (outcome?.kind === 'unconfirmed') expect(ledger.find(0, 'avatar', 'hash')).toBeDefined();
			}
			expect(service.tasks.size).toBeLessThanOrEqual(1);
		}),
		{ numRuns: 1000 },
	);
});
