import { readFileSync } from 'node:fs';
import type { INodeParameters } from 'n8n-workflow';

import { chainOf, klingNode, runWorkflow, type RunResult } from '../harness';
import { startSimulator, type FaultKind, type Simulator } from '../simulator';
import { sampleFile } from '../simulator/sampleMedia';
import type { Expectation, Step } from './expectations';

const NODE = 'CometAPI Kling';

/** Longer than the longest timeout of the node, in the engine's accelerated time. */
const MAX_WAIT_SECONDS = 400;

/** A leak of the media would contain a run of at least this length. */
const LEAK_CHARACTERS = 64;

/** Runs of only a few different characters, such as zeros, occur in any file. */
const MIN_DIFFERENT_CHARACTERS = 24;

export interface Cell {
	/** Deviations from the expected result; empty if there are none. */
	complaints: string[];
	/** How many creates of the step's kind were sent, and how many tasks were created. */
	sent: number;
	paid: number;
}

/**
 * Runs the node while one fault is injected into one step, and compares the result with the
 * expectation.
 */
export async function runCell(
	kind: FaultKind | 'refused',
	step: Step,
	expected: Expectation,
): Promise<Cell> {
	if (expected.end === 'cannot occur') return { complaints: [], sent: 0, paid: 0 };
	const simulator = await startSimulator({ taskSeconds: 0.6, media: 'tiny' });
	try {
		const image = readFileSync(await sampleFile('face.jpg')).toString('base64');
		const parameters = await strike(simulator, kind, step, image);
		const result = await runWorkflow({
			workflow: chainOf(
				klingNode({ ...parameters, options: { maxWaitSeconds: MAX_WAIT_SECONDS } }),
			),
			credentials: { cometApiKlingApi: { apiKey: simulator.key, baseUrl: simulator.url } },
		});
		const complaints = [...judge(simulator, result, expected), ...leaks(simulator, result, image)];
		const sent = simulator.requests.filter(
			(request) => request.route === (step === 'speech' ? 'speech' : 'create'),
		).length;
		return { complaints, sent, paid: simulator.paidTasks() };
	} finally {
		await simulator.stop();
	}
}

/** Injects the fault, and returns the parameters that lead to the step. */
async function strike(
	simulator: Simulator,
	kind: FaultKind | 'refused',
	step: Step,
	image: string,
): Promise<INodeParameters> {
	const avatar = {
		resource: 'avatar',
		operation: 'create',
		imageSource: 'base64',
		imageBase64: image,
		audioSource: 'url',
		audioUrl: 'https://example.com/voice.mp3',
	};
	const speech = {
		resource: 'speech',
		operation: 'generate',
		text: 'Some words that take a while to say.',
	};
	if (kind !== 'refused') {
		simulator.inject({ on: step, kind });
		return step === 'speech' ? speech : avatar;
	}
	if (step === 'download') {
		// Nothing listens on port 1.
		const videos = [{ id: 'v', url: 'http://127.0.0.1:1/video.mp4', duration: '4' }];
		const task = simulator.plantTask('videos/avatar/image2video', 'succeed', { videos });
		return { resource: 'task', operation: 'get', taskId: task.id, downloadVideo: true };
	}
	if (step === 'poll') {
		simulator.configure({
			onEvent: ({ status }) => void (status === 'processing' && simulator.goAway(300)),
		});
		return avatar;
	}
	void simulator.goAway(150);
	return step === 'speech' ? speech : avatar;
}

function judge(
	simulator: Simulator,
	result: RunResult,
	expected: Exclude<Expectation, { end: 'cannot occur' }>,
): string[] {
	const complaints: string[] = [];
	const said = `${result.error?.message ?? ''}. ${result.error?.description ?? ''}`;
	const paid = simulator.paidTasks();
	if (expected.end === 'stopped') {
		if (!expected.says.test(said)) complaints.push(`said: ${said}`);
		if (paid !== expected.paid) complaints.push(`paid for ${paid} instead of ${expected.paid}`);
		const task = simulator.tasks[0];
		if (task && !said.includes(task.id)) complaints.push('did not name the task');
		return complaints;
	}
	if (result.status !== 'success') complaints.push(`ended with ${result.status}: ${said}`);
	if (simulator.tasks.length !== 1) complaints.push(`created ${simulator.tasks.length} tasks`);
	const lookUps = simulator.requests.filter((request) => request.route === 'lookup').length;
	if ((expected.end === 'adopted') !== lookUps > 0) complaints.push(`looked up ${lookUps} times`);
	const item = result.items(NODE)[0];
	if (item?.json.task_id !== simulator.tasks[0]?.id) complaints.push('returned another task');
	return complaints;
}

/** Neither the key nor the media may appear in what n8n stores or logs. */
function leaks(simulator: Simulator, result: RunResult, image: string): string[] {
	// The parameters are stored with the workflow, so only what the execution adds is searched.
	const { resultData } = result.data;
	const kept = JSON.stringify([resultData.runData, resultData.error, result.logs]);
	const complaints: string[] = [];
	if (kept.includes(simulator.key)) complaints.push('the key leaked');
	for (let at = 0; at + LEAK_CHARACTERS <= image.length; at += LEAK_CHARACTERS) {
		const piece = image.slice(at, at + LEAK_CHARACTERS);
		if (new Set(piece).size < MIN_DIFFERENT_CHARACTERS || !kept.includes(piece)) continue;
		complaints.push('the media leaked');
		break;
	}
	return complaints;
}
