import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import {
	chainOf,
	fileField,
	itemsOf,
	klingNode,
	runWorkflow,
	startWorkflow,
	type RunOptions,
} from '../../harness';
import { wavOf } from '../../media/handMade';
import { avatarParameters, countOf, NODE, quickService } from '../../paidOnce/setup';
import { like } from '../../support/matchers';
import { until } from '../../e2e/until';
import type { Simulator } from '../../simulator';

let service: Awaited<ReturnType<typeof quickService>>;
let simulator: Simulator;

beforeAll(async () => {
	service = await quickService();
	({ simulator } = service);
});
beforeEach(() => {
	simulator.reset();
	simulator.configure({ taskSeconds: 0.5 });
});
afterAll(async () => await simulator.stop());

const voices = (...seconds: number[]): INodeExecutionData[] =>
	seconds.map((length, row) => ({
		json: { row },
		binary: { data: fileField(wavOf(length), 'voice.wav', 'audio/wav') },
	}));

const FILE = { audioSource: 'binary' };

/** About 4 seconds, as estimated. */
const TEXT = {
	audioSource: 'text',
	text: '={{ $json.text || "Good morning, and welcome to our show!" }}',
};

function optionsFor(
	parameters: INodeParameters,
	maxTotalSeconds: number,
	input: INodeExecutionData[],
	{ options = {}, settings = {} }: { options?: INodeParameters; settings?: Partial<INode> } = {},
): RunOptions {
	const usual = avatarParameters(simulator, { maxTotalSeconds, ...options });
	const node = klingNode({ ...usual, downloadVideo: false, ...parameters }, settings);
	return { workflow: chainOf(node), credentials: service.credentials, input };
}

/** Sets the length of all speech, whatever its text. */
function speakFor(seconds: number): void {
	const audios = [{ id: 'audio-1', url: 'https://example.com/a.mp3', duration: String(seconds) }];
	const data = { task_id: '77', task_status: 'succeed', task_result: { audios } };
	const body = JSON.stringify({ code: 0, message: 'SUCCEED', data });
	simulator.inject({ on: 'speech', kind: { http: 200, body, contentType: 'application/json' } });
}

test('rejects audio over the limit before any request, with the total and the longest items', async () => {
	const result = await runWorkflow(optionsFor(FILE, 17, voices(3, 5, 4, 6)));
	expect(result.error?.message).toBe(
		"The total audio of all items is 18 seconds long, but 'Max Total Seconds' is 17",
	);
	expect(result.error?.description).toMatch(
		/^The longest items are: item 3 \(6 s\), item 1 \(5 s\), item 2 \(4 s\)\. .*nothing was charged\.$/,
	);
	expect(simulator.requests).toEqual([]);
});

test('sends audio within the limit', async () => {
	const result = await runWorkflow(optionsFor(FILE, 18, voices(3, 5, 4, 6)));
	expect(result.error?.message).toBeUndefined();
	expect(simulator.paidTasks()).toBe(4);
});

test('a link counts as 60 seconds, and a text is estimated', async () => {
	const links = await runWorkflow(optionsFor({}, 100, itemsOf({}, {})));
	expect(links.error?.message).toMatch(/is about 120 seconds long/);
	const texts = await runWorkflow(optionsFor(TEXT, 2, itemsOf({})));
	expect(texts.error?.message).toMatch(/is about [34] seconds long/);
	expect(simulator.requests).toEqual([]);
});

test('the limit applies to dry runs, too', async () => {
	const result = await runWorkflow(
		optionsFor(FILE, 7, voices(3, 5), { options: { dryRun: true } }),
	);
	expect(result.error?.message).toMatch(/is 8 seconds long/);
});

test('with continue on fail, each item has the error, and nothing is charged', async () => {
	const settings = { onError: 'continueRegularOutput' as const };
	const result = await runWorkflow(optionsFor(FILE, 7, voices(3, 5), { settings }));
	expect(result.items(NODE).map(({ json }) => json)).toEqual(
		[0, 1].map((row) => ({ row, error: like(/is 8 seconds long/) })),
	);
	expect(simulator.requests).toEqual([]);
});

test('checks the actual length after the speech, before the first video', async () => {
	speakFor(50);
	const result = await runWorkflow(optionsFor(TEXT, 30, itemsOf({}, {})));
	expect(result.error?.message).toMatch(/is 5\d seconds long, but 'Max Total Seconds' is 30/);
	expect(result.error?.description).toMatch(/No video was created\. The speech was charged/);
	expect([countOf(simulator, 'speech'), countOf(simulator, 'create')]).toEqual([2, 0]);
});

test('checks the actual lengths with the wait strategy Callback, too', async () => {
	speakFor(50);
	const options = { waitStrategy: 'callback' };
	const result = await runWorkflow(optionsFor(TEXT, 30, itemsOf({}, {}), { options }));
	expect(result.error?.message).toMatch(/is 5\d seconds long/);
	expect(countOf(simulator, 'create')).toBe(0);
});

test('an item whose speech fails does not delay others or count toward the limit', async () => {
	simulator.inject({ on: 'speech', kind: { http: 400, code: 1301 } });
	const settings = { onError: 'continueRegularOutput' as const };
	const input = itemsOf({}, {}, {});
	const result = await runWorkflow(optionsFor(TEXT, 30, input, { settings }));
	const errors = result.items(NODE).filter(({ json }) => json.error !== undefined);
	expect(errors).toHaveLength(1);
	expect(countOf(simulator, 'create')).toBe(2);
});

test('without continue on fail, the failed speech ends the run', async () => {
	simulator.inject({ on: 'speech', kind: { http: 400, code: 1301 } });
	const result = await runWorkflow(optionsFor(TEXT, 30, itemsOf({}, {}, {})));
	expect(result.status).toBe('error');
	expect(countOf(simulator, 'create')).toBe(0);
});

test('an execution that is canceled during speech generation ends', async () => {
	simulator.inject({ on: 'speech', kind: 'hangBefore', times: 1 });
	const running = startWorkflow(optionsFor(TEXT, 30, itemsOf({}, {})));
	await until(() => countOf(simulator, 'speech') === 2);
	running.cancel();
	expect((await running.finished).status).toBe('canceled');
	expect(countOf(simulator, 'create')).toBe(0);
});
