import { NodeConnectionTypes, type INodeParameters } from 'n8n-workflow';

import { nodeOf, type WorkflowJson } from '../harness';
import { isRecord } from '../support/isRecord';
import { startChatModel, type ChatModel } from './agent/chatModel';
import type { StoredExecution } from './n8n/rest';
import { openWorkbench, type Workbench } from './workbench';

const AGENT = 'AI Agent';
const TOOL = 'Make Avatar Video';

/** Each tool response costs model tokens, so it contains only a few URLs and IDs. */
const MAX_ANSWER_CHARACTERS = 1000;

let bench: Workbench;
let model: ChatModel;
let modelCredentialId: string;

beforeAll(async () => {
	bench = await openWorkbench();
	model = await startChatModel();
	modelCredentialId = await bench.rest.createCredential('openAiApi', 'Scripted', {
		apiKey: 'none',
		url: model.url,
	});
});
beforeEach(() => {
	bench.simulator.reset();
	model.toolAnswers = [];
	model.calls = [callWith('Good morning, this is what you asked for.')];
});
afterAll(async () => {
	await model.stop();
	await bench.simulator.stop();
});

function callWith(text: string): { image_url: string; text: string } {
	return { image_url: `${bench.simulator.mediaUrl}/face.png`, text };
}

/** An agent with the scripted model, whose only tool is the node with these options. */
function agentWorkflow(options: INodeParameters): WorkflowJson {
	const tool = nodeOf(
		TOOL,
		'n8n-nodes-cometapi-kling.cometApiKlingTool',
		{
			descriptionType: 'manual',
			toolDescription: 'Makes a video of a face that speaks a text',
			resource: 'avatar',
			operation: 'create',
			imageUrl: "={{ $fromAI('image_url', 'Public link to an image of a face', 'string') }}",
			audioSource: 'text',
			text: "={{ $fromAI('text', 'What the face says', 'string') }}",
			options: { pollIntervalSeconds: 1, ...options },
		},
		{ credentials: { cometApiKlingApi: { id: bench.credentialId, name: 'CometAPI' } } },
	);
	const chat = nodeOf(
		'Model',
		'@n8n/n8n-nodes-langchain.lmChatOpenAi',
		{ model: { __rl: true, mode: 'id', value: 'scripted' }, responsesApiEnabled: false },
		{
			typeVersion: 1.3,
			credentials: { openAiApi: { id: modelCredentialId, name: 'Scripted' } },
		},
	);
	const agent = nodeOf(
		AGENT,
		'@n8n/n8n-nodes-langchain.agent',
		{ promptType: 'define', text: 'Make a video that says good morning.' },
		{ typeVersion: 3.1 },
	);
	const to = (type: 'main' | 'ai_tool' | 'ai_languageModel') => ({
		[type]: [[{ node: AGENT, type, index: 0 }]],
	});
	return {
		nodes: [nodeOf('Start', 'n8n-nodes-base.manualTrigger'), agent, chat, tool],
		connections: {
			Start: to(NodeConnectionTypes.Main),
			Model: to(NodeConnectionTypes.AiLanguageModel),
			[TOOL]: to(NodeConnectionTypes.AiTool),
		},
	};
}

async function runAgent(options: INodeParameters = {}): Promise<StoredExecution> {
	const id = await bench.rest.createWorkflow(agentWorkflow(options), 'Agent');
	return await bench.rest.until(await bench.rest.run(id, 'Start'));
}

function answerOf(execution: StoredExecution): string {
	const output = execution.items(AGENT)[0]?.json.output;
	return typeof output === 'string' ? output : '';
}

test.each(['poll', 'callback'])(
	'an agent gets the ID and the URL back (wait strategy %s)',
	async (waitStrategy) => {
		const execution = await runAgent({ waitStrategy });
		expect(execution.error?.message).toBeUndefined();
		const task = bench.simulator.tasks.find(({ path }) => path.startsWith('videos/'));
		expect(answerOf(execution)).toContain(task?.id);
		expect(answerOf(execution)).toMatch(/http:\/\/127\.0\.0\.1:\d+\/files\/[^"\\]+\.mp4/);
		// One speech and one video, and no callback, since a tool call cannot be suspended.
		expect(bench.simulator.paidTasks()).toBe(2);
		expect(bench.simulator.callbacks).toEqual([]);
	},
);

test('the node asks the model for these arguments and sends them to the API', async () => {
	await runAgent();
	const [tool] = model.tools;
	const parameters = isRecord(tool?.parameters) ? tool.parameters : {};
	expect(Object.keys(isRecord(parameters.properties) ? parameters.properties : {})).toEqual([
		'image_url',
		'text',
	]);
	expect(tool?.description).toBe('Makes a video of a face that speaks a text');
	const bodies = bench.simulator.requests.filter(({ paid }) => paid).map(({ body }) => body);
	expect(bodies).toEqual([
		expect.objectContaining({ text: model.calls[0]?.text }),
		expect.objectContaining({ image: model.calls[0]?.image_url }),
	]);
});

test('the tool response is short and contains no file', async () => {
	await runAgent();
	const [answer = ''] = model.toolAnswers;
	expect(answer).toMatch(/"task_status":\s*"succeed"/);
	expect(answer.length).toBeLessThan(MAX_ANSWER_CHARACTERS);
	expect(answer).not.toMatch(/mimeType|filesystem-v2|base64/);
	// n8n drops the files of tools, so none is fetched.
	expect(bench.simulator.requests.filter(({ route }) => route === 'download')).toEqual([]);
});

test('two calls in one turn create two videos, and each response contains its own', async () => {
	model.calls = [
		callWith('This is the first of two videos.'),
		callWith('And this is the other one of the two videos.'),
	];
	await runAgent();
	expect(bench.simulator.paidTasks()).toBe(4);
	const ids = model.toolAnswers.map((answer) => /"task_id":"(\d+)"/.exec(answer)?.[1]);
	const videos = bench.simulator.tasks.filter(({ path }) => path.startsWith('videos/'));
	expect(ids.sort()).toEqual(videos.map(({ id }) => id).sort());
	expect(ids).toHaveLength(2);
});

test('two calls with the same arguments pay once', async () => {
	const call = callWith('This is asked for twice, word for word.');
	model.calls = [call, call];
	await runAgent();
	const ids = model.toolAnswers.map((answer) => /"task_id":"(\d+)"/.exec(answer)?.[1]);
	const [video] = bench.simulator.tasks.filter(({ path }) => path.startsWith('videos/'));
	expect(ids).toEqual([video?.id, video?.id]);
	// One speech and one video.
	expect(bench.simulator.paidTasks()).toBe(2);
});

test.each([
	[
		'an argument that cannot be used',
		/\\"Image URL\\" is not a URL/,
		(): void => void (model.calls = [{ ...callWith('Good morning, all.'), image_url: 'my face' }]),
	],
	[
		'a request that the service rejects',
		/content policy/,
		(): void => bench.simulator.inject({ on: 'create', kind: { http: 400, code: 1301 } }),
	],
])('the model receives a message about %s', async (_what, words, prepare) => {
	prepare();
	await runAgent();
	expect(model.toolAnswers[0]).toMatch(words);
	expect(model.toolAnswers[0]).not.toMatch(/\[object Object\]|undefined/);
});
