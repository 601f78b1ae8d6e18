import { SPEED_VARIABLE } from '../harness/messages';
import { MATRIX } from '../faults/matrix';
import type { Expectation } from '../faults/expectations';
import type { FaultKind, Simulator } from '../simulator';
import { clipsOf, NODE, paidFor, runTalk, talkService, TWO_PARTS } from './setup';

// Time-outs of minutes are waited for in seconds.
process.env[SPEED_VARIABLE] = '20';

const PARTS = 2;

const STEPS = ['speech', 'create', 'poll', 'download'] as const;

interface Cell {
	name: string;
	on: (typeof STEPS)[number];
	kind: FaultKind;
	expected: Exclude<Expectation, { end: 'cannot occur' }>;
}

/** Faults that differ in what the node does about them; each strikes the second part at each step. */
const CELLS: Cell[] = MATRIX.flatMap(({ fault, kind, at }) =>
	STEPS.flatMap((on): Cell[] => {
		const expected = at[on];
		if (kind === 'refused' || expected.end === 'cannot occur') return [];
		return [{ name: `${fault} / ${on}`, on, kind, expected }];
	}),
);

let simulator: Simulator;

beforeEach(async () => (simulator = await talkService()));
afterEach(async () => await simulator.stop());

test.each(CELLS)('$name: no part is paid twice, and a retry completes the talk', async (cell) => {
	const { on, kind, expected } = cell;
	const text = TWO_PARTS;
	const options = { maxWaitSeconds: 400 };
	simulator.inject({ on, kind, after: 1 });

	let result = await runTalk(simulator, { text, options });
	expect(result.status === 'success').toBe(expected.end !== 'stopped');
	if (expected.end === 'stopped') {
		expect(result.error?.message).toMatch(on === 'download' ? /Task \d+/ : /(Part|Clip) \d of 2/);
	}
	for (let retry = 0; retry < 2 && result.error; retry++) {
		result = await runTalk(simulator, {
			text,
			options,
			run: { retryOf: result, mode: 'retry' },
		});
	}

	const paid = paidFor(simulator);
	expect(paid.speech).toBeLessThanOrEqual(PARTS);
	expect(paid.avatar).toBeLessThanOrEqual(PARTS);
	// What was lost before it came to be is looked up by each retry, and never sent again.
	const isLost = result.error?.message.includes('Could not confirm') ?? false;
	expect(result.error === undefined || isLost).toBe(true);
	if (isLost) return;
	expect(clipsOf(result.items(NODE)[0])).toHaveLength(PARTS);
	expect(paid).toEqual({ speech: PARTS, avatar: PARTS });
});

test('Retry On Fail pays for no part twice', async () => {
	simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 }, after: 1 });
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
	const result = await runTalk(simulator, { text: TWO_PARTS, node });
	expect(result.error?.message).toBeUndefined();
	expect(paidFor(simulator)).toEqual({ speech: PARTS, avatar: PARTS });
});
