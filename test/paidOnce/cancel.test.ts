import { itemsOf, startWorkflow } from '../harness';
import type { Simulator } from '../simulator';
import { avatarWorkflow, quickService } from './setup';

const WATCH_MS = 2500;

let simulator: Simulator;
let credentials: Awaited<ReturnType<typeof quickService>>['credentials'];

beforeEach(async () => ({ simulator, credentials } = await quickService({ taskSeconds: 30 })));
afterEach(async () => await simulator.stop());

test.each([300, 1300, 2400])('sends nothing after a cancellation at %d ms', async (elapsedMs) => {
	const workflow = avatarWorkflow(simulator, { maxConcurrentTasks: 2 });
	const running = startWorkflow({ workflow, credentials, input: itemsOf({}, {}, {}, {}) });
	await until(() => simulator.requests.length > 0);
	await pause(elapsedMs);
	running.cancel();
	const result = await running.finished;
	const requests = simulator.requests.length;
	expect(result.status).toBe('canceled');
	await pause(WATCH_MS);
	expect(simulator.requests).toHaveLength(requests);
	expect(simulator.paidTasks()).toBe(2);
	const logged = result.logs.flatMap((line) =>
		line.message.startsWith('Created the Kling task') ? [line.meta] : [],
	);
	expect(logged).toEqual(
		simulator.tasks.map((task): unknown => expect.objectContaining({ task_id: task.id })),
	);
});

async function pause(milliseconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function until(isTrue: () => boolean): Promise<void> {
	while (!isTrue()) await pause(20);
}
