import fc from 'fast-check';

import { ByteBudget } from '../../nodes/CometApiKling/polling/limits/byteBudget';
import { MAX_UPLOAD_BYTES } from '../../nodes/CometApiKling/polling/limits/requestLimits';

/** Work that records its start, and ends when it is told to. */
function workbench(budget: ByteBudget) {
	const events: string[] = [];
	const finish = new Map<string, () => void>();
	const start = async (name: string, bytes: number): Promise<string | undefined> =>
		await budget.use(bytes, async () => {
			events.push(name);
			await new Promise<void>((resolve) => finish.set(name, resolve));
			return `${name} done`;
		});
	return { events, finish, start };
}

async function tick(): Promise<void> {
	await new Promise<void>((resolve) => setImmediate(resolve));
}

test('admits as many as fit, in order, and the next one when one ends', async () => {
	const { events, finish, start } = workbench(new ByteBudget(10));
	const first = start('first', 6);
	void start('second', 6);
	void start('third', 2);
	await tick();
	expect(events).toEqual(['first']);
	finish.get('first')?.();
	expect(await first).toBe('first done');
	await tick();
	expect(events).toEqual(['first', 'second', 'third']);
});

test('a request larger than the budget runs alone', async () => {
	const { events, finish, start } = workbench(new ByteBudget(10));
	void start('small', 1);
	void start('huge', 50);
	void start('next', 1);
	await tick();
	expect(events).toEqual(['small']);
	finish.get('small')?.();
	await tick();
	expect(events).toEqual(['small', 'huge']);
	finish.get('huge')?.();
	await tick();
	expect(events).toEqual(['small', 'huge', 'next']);
});

test('work without bytes never waits', async () => {
	const { events, start } = workbench(new ByteBudget(10));
	void start('full', 10);
	void start('waiting', 1);
	void start('link', 0);
	await tick();
	expect(events.sort()).toEqual(['full', 'link']);
});

test('work that throws releases its bytes', async () => {
	const budget = new ByteBudget(10);
	const failing = budget.use(10, async () => await Promise.reject(new Error('no file')));
	await expect(failing).rejects.toThrow('no file');
	expect(await budget.use(10, async () => 'admitted')).toBe('admitted');
});

test('admits no more requests after an abort', async () => {
	const controller = new AbortController();
	const { events, finish, start } = workbench(new ByteBudget(10, controller.signal));
	const running = start('running', 10);
	const waiting = start('waiting', 10);
	await tick();
	controller.abort();
	expect(await waiting).toBeUndefined();
	expect(await start('late', 0)).toBeUndefined();
	finish.get('running')?.();
	expect(await running).toBe('running done');
	expect(events).toEqual(['running']);
});

test('never holds more than its budget, unless a single request does', async () => {
	const sizes = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 30 });
	await fc.assert(
		fc.asyncProperty(sizes, async (bytesOf) => {
			const budget = new ByteBudget(20);
			let held = 0;
			let running = 0;
			let done = 0;
			await Promise.all(
				bytesOf.map(
					async (bytes) =>
						await budget.use(bytes, async () => {
							held += bytes;
							if (bytes > 0) running++;
							expect(held <= 20 || running === 1).toBe(true);
							await tick();
							held -= bytes;
							if (bytes > 0) running--;
							done++;
						}),
				),
			);
			expect(done).toBe(bytesOf.length);
		}),
		{ numRuns: 100 },
	);
});

test('the limit of the node admits ten pictures of 1.2 MB at the same time', async () => {
	const { events, start } = workbench(new ByteBudget(MAX_UPLOAD_BYTES));
	const heldBytes = 1.2e6 * (1 + 4 / 3);
	for (let picture = 0; picture < 10; picture++) void start(`picture ${picture}`, heldBytes);
	await tick();
	expect(events).toHaveLength(10);
});
