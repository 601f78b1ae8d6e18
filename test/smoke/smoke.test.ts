import { readFileSync } from 'node:fs';

import { startSimulator, type Simulator } from '../simulator';
import { sampleFile } from '../simulator/sampleMedia';
import { isRecord } from '../support/isRecord';
import { reportOf } from './report';
import { smokeRun, type SmokeOptions } from './smoke';

const AVATAR_PATH = 'videos/avatar/image2video';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ taskSeconds: 1, media: 'tiny' })));
beforeEach(() => {
	simulator.reset();
	simulator.configure({ envelope: 'A', ttsMode: 'immediate', lookUp: true });
});
afterAll(async () => await simulator.stop());

/** Runs it, and returns the report by point, with all messages. */
async function run(changes: Partial<SmokeOptions> = {}): Promise<{
	findings: Map<string, string>;
	report: string;
	stoppedBy?: string;
	clip?: Buffer;
}> {
	const key = changes.key ?? simulator.key;
	let clip: Buffer | undefined;
	const said: string[] = [];
	const findings = await smokeRun({
		baseUrl: simulator.url,
		key,
		image: readFileSync(await sampleFile('face.jpg')),
		tryDuplicate: false,
		keepClip: (bytes) => (clip = bytes),
		say: (text) => said.push(text),
		...changes,
	});
	const report = reportOf(findings, { key, baseUrl: simulator.url, startedAt: 0, endedAt: 1000 });
	expect(`${report}${said.join('\n')}`).not.toContain(key);
	const lines = findings.lines().map(({ point, finding }): [string, string] => [point, finding]);
	return { findings: new Map(lines), report, stoppedBy: findings.stoppedBy, clip };
}

function creates(): unknown[] {
	return simulator.requests.filter(({ method }) => method === 'POST').map(({ body }) => body);
}

test('answers every open point but the expensive ones, with one speech and one clip', async () => {
	const { findings, report, stoppedBy, clip } = await run();
	expect(stoppedBy).toBeUndefined();
	expect(clip?.subarray(4, 8).toString()).toBe('ftyp');
	expect(simulator.paidTasks()).toBe(2);
	expect(report).toContain('Tasks charged, at most: 2');
	expect([...findings.values()].filter((text) => text.includes('the run ended'))).toEqual([]);
	expect(findings.get('Response of `/v1/models` to an invalid key')).toMatch(
		/^HTTP 401.*comet_api_error/,
	);
	expect(findings.get('Shape of the speech response')).toContain('with the response');
	expect(findings.get('Whether a prompt is required')).toMatch(/^Yes: .*“prompt is required”/);
	expect(findings.get('Query path of avatar tasks')).toContain(`${AVATAR_PATH}/{task_id}`);
	expect(findings.get('Lookup by `external_task_id`')).toContain('the same task');
	expect(findings.get('Whether a repeated `external_task_id` is rejected')).toMatch(/^Not checked/);
	expect(findings.get('Exact price')).toContain('avatar std 2.5 for 4 s');
	expect(findings.get('Actual audio limit')).toMatch(/^Not checked/);
	for (const point of findings.keys()) expect(report).toContain(`| ${point} |`);
});

test('the report shows the shapes of responses without their values', async () => {
	const { report } = await run();
	expect(report).toContain('"task_id": "string"');
	expect(report).toContain('"task_status": "succeed"');
	for (const { id } of simulator.tasks) expect(report).not.toContain(id);
	expect(report).not.toContain('/files/');
});

test('the key is sent to the API only, and no redirect is followed', async () => {
	await run();
	const downloads = simulator.requests.filter(({ route }) => route === 'download');
	expect(downloads).toHaveLength(1);
	expect(downloads[0]?.headers.authorization).toBeUndefined();

	simulator.reset();
	simulator.inject({ on: 'models', kind: 'redirectOwn', after: 1 });
	const { stoppedBy } = await run();
	expect(stoppedBy).toContain('HTTP 301');
	expect(simulator.requests.map(({ route }) => route)).toEqual(['models', 'models']);
});

test('removes a key that the service repeats in a message', async () => {
	const key = 'plain.key:1234';
	const other = await startSimulator({ apiKeys: [key] });
	try {
		const message = `no balance for ${key}`;
		other.inject({ on: 'speech', kind: { http: 429, code: 1102, message } });
		const { report } = await run({ key, baseUrl: other.url });
		expect(report).toContain('no balance for [key]');
		expect(other.paidTasks()).toBe(0);
	} finally {
		await other.stop();
	}
});

test('a key that is rejected ends the run before anything is sent to Kling', async () => {
	const { findings, stoppedBy } = await run({ key: 'sk-of-somebody-else' });
	expect(stoppedBy).toContain('Nothing was charged');
	expect(creates()).toEqual([]);
	expect(findings.get('Exact price')).toContain('the run ended earlier');
});

test('repeats an external ID only if requested', async () => {
	const { findings } = await run({ tryDuplicate: true });
	expect(findings.get('Whether a repeated `external_task_id` is rejected')).toMatch(/^Rejected: /);
	expect(simulator.paidTasks()).toBe(2);
	const ids = creates().map((body) => isRecord(body) && body.external_task_id);
	// The speech, the avatar without a prompt and with one, and the repetition.
	expect(ids).toHaveLength(4);
	expect(new Set(ids).size).toBe(2);
});

test('if no prompt is required, the request without one is the clip', async () => {
	const task = simulator.plantTask(AVATAR_PATH, 'succeed');
	const data = { task_id: task.id, task_status: 'submitted' };
	const body = JSON.stringify({ code: 0, message: 'SUCCEED', data });
	simulator.inject({ on: 'create', kind: { http: 200, body } });
	const { findings, stoppedBy } = await run();
	expect(stoppedBy).toBeUndefined();
	expect(findings.get('Whether a prompt is required')).toMatch(/^No: /);
	expect(creates()).toHaveLength(2);
});

test('reports speech that is returned as a task, other envelopes and a missing lookup', async () => {
	simulator.configure({ ttsMode: 'taskId', envelope: 'C', lookUp: false });
	const { findings, stoppedBy } = await run();
	expect(stoppedBy).toBeUndefined();
	expect(findings.get('Shape of the speech response')).toContain('by polling the task');
	expect(findings.get('Lookup by `external_task_id`')).toMatch(/^Does not work: /);
});

test('a create without a clear response is never sent again', async () => {
	simulator.inject({ on: 'create', kind: 'resetAfter', after: 1 });
	const { stoppedBy } = await run();
	expect(stoppedBy).toMatch(/no clear response.*external ID smoke-\w+-avatar/);
	expect(creates()).toHaveLength(3);
	expect(simulator.paidTasks()).toBe(2);
});

test('reports a failed task with its reason', async () => {
	simulator.configure({ taskSeconds: 60 });
	const running = run({
		say: () => {
			const avatar = simulator.tasks.find(({ path }) => path === AVATAR_PATH);
			if (avatar) simulator.fail(avatar.id, 'no face was found');
		},
	});
	expect((await running).stoppedBy).toContain('no face was found');
	simulator.configure({ taskSeconds: 1 });
});
