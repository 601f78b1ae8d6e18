import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';

import { exampleNames, readExample } from '../harness';
import { workflowIssues, readAiNodes } from '../support/parameterIssues';
import { addRow, readRows } from './jobs/dataTable';
import { openJobBench, type JobBench } from './jobs/jobBench';
import { installedServer } from './n8n/install';
import type { StoredExecution } from './n8n/rest';
import { scriptFor } from './playground/services/languageModel';

const TABLE = 'Avatar videos';
const QUEUE = '11-table-as-queue.json';
const SHOW = '13-daily-show-with-approval.json';

/** n8n ignores approvals by bots, and the default user agent of axios looks like one. */
const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0' };

let bench: JobBench;

beforeAll(async () => (bench = await openJobBench()));
beforeEach(() => {
	bench.simulator.reset();
	bench.services.model.refusedText = undefined;
});
afterAll(async () => await bench.close());

test.each(exampleNames())('%s contains only parameters that the AI nodes have', (name) => {
	const aiNodes = readAiNodes(installedServer().modules);
	expect(workflowIssues(readExample(name, '/files'), aiNodes)).toEqual([]);
});

describe('a data table as a queue', () => {
	const face = 'https://example.com/face.png';

	async function runQueue(workflowId: string): Promise<void> {
		const execution = await bench.rest.until(await bench.rest.run(workflowId, 'Every 15 Minutes'));
		expect(execution.error?.message).toBeUndefined();
		expect(execution.status).toBe('success');
	}

	/** The newest row with this topic. */
	async function rowOf(topic: string): Promise<IDataObject | undefined> {
		const rows = await readRows(bench.rest, TABLE);
		return rows.reverse().find((row) => row.topic === topic);
	}

	test('each row gets its video or its error, and is charged once', async () => {
		const { simulator, services } = bench;
		services.model.refusedText = 'A forbidden topic';
		const workflowId = await bench.open(QUEUE);
		await addRow(bench.rest, TABLE, { topic: 'A forbidden topic', picture: face });
		await addRow(bench.rest, TABLE, { topic: 'A row with a bad picture', picture: 'face.png' });

		await runQueue(workflowId);

		const [video] = simulator.tasks.filter(({ path }) => path.startsWith('videos/'));
		const done = await rowOf('Why bees dance');
		expect(done).toMatchObject({ status: 'done', task_id: video?.id, error: null });
		expect(done?.seconds).toBeGreaterThan(1);
		expect(done?.link).toBe(`${services.storage.url}/videos/${video?.id}.mp4`);
		const stored = services.storage.read(`${video?.id}.mp4`);
		expect(stored.subarray(4, 8).toString()).toBe('ftyp');
		const [speech] = simulator.requests.filter(({ paid }) => paid);
		expect(speech?.body).toMatchObject({ text: scriptFor('Topic: Why bees dance') });

		const forbidden = await rowOf('A forbidden topic');
		expect(forbidden).toMatchObject({ status: 'failed', task_id: null });
		// n8n's node does not show the service's own message.
		expect(forbidden?.error).toContain('Bad request');
		const faceless = await rowOf('A row with a bad picture');
		expect(faceless).toMatchObject({ status: 'failed', task_id: null });
		expect(faceless?.error).toContain('"Image URL" is not a URL');
		expect(simulator.paidTasks()).toBe(2);

		await runQueue(workflowId);
		expect(simulator.paidTasks()).toBe(2);
	});

	test("if the storage fails, the row keeps the task ID and CometAPI's URL", async () => {
		const workflowId = await bench.open(QUEUE, {
			'"bucketName": "videos"': '"bucketName": "missing"',
			'Why bees dance': 'A row without storage',
		});
		await runQueue(workflowId);

		const row = await rowOf('A row without storage');
		const [video] = bench.simulator.tasks.filter(({ path }) => path.startsWith('videos/'));
		expect(row).toMatchObject({ status: 'failed', task_id: video?.id });
		expect(row?.error).toContain('could not be found');
		expect(row?.link).toContain(`/files/${video?.id}.mp4`);
	});
});

describe('a daily show with approval', () => {
	/** Runs the show until it waits for approval, and then selects one of the buttons. */
	async function runShow(button: string): Promise<StoredExecution> {
		const { rest, services } = bench;
		const executionId = await rest.run(await bench.open(SHOW), 'Every Morning');
		await rest.until(executionId, ['waiting']);
		const message = services.chat.messages.at(-1);
		expect(message?.text).toContain("Today's video is ready");
		const url = message?.buttons.find(({ label }) => label === button)?.url ?? '';
		await axios.get(url, { headers: BROWSER });
		return await rest.until(executionId);
	}

	test('posts an approved video and charges it once', async () => {
		const { simulator, services } = bench;
		const execution = await runShow('Post it');
		expect(execution.error?.message).toBeUndefined();
		const url = execution.items('Create Avatar Video')[0]?.json.video_url;
		if (typeof url !== 'string') throw new Error('There is no link to the video.');
		const { data } = await axios.get<ArrayBuffer>(url, { responseType: 'arraybuffer' });
		const post = services.site.posts.at(-1);
		expect(post?.mimeType).toBe('video/mp4');
		expect(post?.title).toContain('On this day');
		expect(post?.bytes.equals(Buffer.from(data))).toBe(true);
		expect(simulator.paidTasks()).toBe(2);
	});

	test('does not post a rejected video', async () => {
		const before = bench.services.site.posts.length;
		const execution = await runShow('Do not post');
		expect(execution.status).toBe('success');
		expect(execution.items('Get Video')).toEqual([]);
		expect(bench.services.site.posts).toHaveLength(before);
	});
});
