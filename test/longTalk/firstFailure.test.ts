import { itemsOf } from '../harness';
import { SPEED_VARIABLE } from '../harness/messages';
import type { Simulator } from '../simulator';
import { runTalk, talkService, TWO_PARTS } from './setup';

let simulator: Simulator;

// A request that hangs is aborted after three minutes.
beforeAll(() => (process.env[SPEED_VARIABLE] = '20'));
beforeEach(async () => (simulator = await talkService({ taskSeconds: 0.5 })));
afterEach(async () => await simulator.stop());

test('sends nothing for other items after the first clip that fails', async () => {
	simulator.inject({ on: 'create', kind: 'hangBefore' });
	simulator.inject({ on: 'create', kind: { http: 400, code: 1301 } });
	const short = (n: number) => ({
		text: `Hello to all of you, this is a short text, number ${n}.`,
	});
	await runTalk(simulator, {
		text: '={{ $json.text }}',
		options: { maxConcurrentTasks: 2, maxWaitSeconds: 5 },
		run: { input: itemsOf({ text: TWO_PARTS }, ...[1, 2, 3, 4, 5].map(short)) },
	});
	const creates = simulator.requests.filter(({ route }) => route === 'create');
	expect(creates.map(({ status }) => status).slice(-1)).toEqual([400]);
});
