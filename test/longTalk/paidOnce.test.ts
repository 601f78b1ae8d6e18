import pLimit from 'p-limit';

import { STEPS } from '../faults/expectations';
import { MATRIX } from '../faults/matrix';
import { SPEED_VARIABLE } from '../harness/messages';
import { runPartCell } from './partCell';
import { paidFor, runTalk, talkService, TWO_PARTS } from './setup';

/** Timeouts of three minutes take nine seconds here. */
const SPEED = 20;

/** Most cells wait, so this many at a time keep two cores busy. */
const CELLS_AT_ONCE = 6;

const ALL_CELLS_MS = 600_000;

/** Each fault of the matrix at each step where it can occur. */
const CELLS = MATRIX.flatMap(({ fault, kind, at }) =>
	STEPS.flatMap((step) => {
		const expected = at[step];
		if (kind === 'refused' || expected.end === 'cannot occur') return [];
		return [{ name: `${fault} / ${step}`, kind, step, expected }];
	}),
);

const results = new Map<string, Promise<string[]>>();

beforeAll(async () => {
	process.env[SPEED_VARIABLE] = String(SPEED);
	const limit = pLimit(CELLS_AT_ONCE);
	for (const { name, kind, step, expected } of CELLS) {
		results.set(
			name,
			limit(async () => await runPartCell(kind, step, expected)),
		);
	}
	await Promise.allSettled(results.values());
}, ALL_CELLS_MS);

test.each(CELLS)(
	'$name: no part is paid for twice, and a retry completes the talk',
	async ({ name }) => {
		expect(await results.get(name)).toEqual([]);
	},
);

test('Retry On Fail pays for no part twice', async () => {
	const simulator = await talkService();
	simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 }, after: 1 });
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
	const result = await runTalk(simulator, { text: TWO_PARTS, node });
	await simulator.stop();
	expect(result.error?.message).toBeUndefined();
	expect(paidFor(simulator)).toEqual({ speech: 2, avatar: 2 });
});
