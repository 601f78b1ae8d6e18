import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { INode } from 'n8n-workflow';

import { startSimulator, type SimulatorEvent } from '../simulator';
import { probe } from '../simulator/probe';
import { runMain } from '../support/runMain';
import { runWorkflow, type WorkflowJson } from './index';
import { readExample } from './examples';
import { PROJECT_FOLDER } from './project';

const EXAMPLE = '02-scheduled-speech.json';
const TASK_SECONDS = 6;

const HELP = `Runs examples/${EXAMPLE} in n8n's engine against a simulated CometAPI and prints the
path of the video. Nothing is sent to the internet, and nothing is charged.

  npm run demo -- [options]

  --text "…"   the text to speak
  --out DIR    folder for the video (default out/)
  --help       prints this text
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			text: { type: 'string' },
			out: { type: 'string', default: path.join(PROJECT_FOLDER, 'out') },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		say(HELP);
		return;
	}
	const folder = path.resolve(values.out);
	mkdirSync(folder, { recursive: true });
	const startedAt = Date.now();
	const simulator = await startSimulator({
		taskSeconds: TASK_SECONDS,
		media: 'real',
		onEvent: (event) => say(progressLine(event, startedAt)),
	});
	try {
		say(
			`Workflow: ${EXAMPLE}, in n8n's engine\nService:  a simulated CometAPI at ${simulator.url}\n`,
		);
		const result = await runWorkflow({
			workflow: withText(readExample(EXAMPLE, folder), values.text),
			credentials: { cometApiKlingApi: { apiKey: simulator.key, baseUrl: simulator.url } },
			mode: 'trigger',
			fileFolder: folder,
		});
		if (result.error) throw new Error(`${result.error.message}. ${result.error.description ?? ''}`);
		const file = result.items('Write Video')[0]?.json.fileName;
		if (typeof file !== 'string') throw new Error('The workflow ended without a video.');
		const { seconds, codecs } = await probe(file);
		const bytes = result.items('Create Avatar Video')[0]?.binary?.data?.bytes ?? 0;
		say(
			`\nVideo:    ${file}\nSize:     ${Math.round(bytes / 1024)} kB, ${codecs.join(' and ')}\nLength:   ${seconds.toFixed(1)} s`,
		);
	} finally {
		await simulator.stop();
	}
}

function withText(workflow: WorkflowJson, text: string | undefined): WorkflowJson {
	if (text === undefined) return workflow;
	const setText = (node: INode): INode =>
		node.name === 'Create Avatar Video'
			? { ...node, parameters: { ...node.parameters, text } }
			: node;
	return { ...workflow, nodes: workflow.nodes.map(setText) };
}

function progressLine(event: SimulatorEvent, startedAt: number): string {
	const elapsed = ((event.atMs - startedAt) / 1000).toFixed(1).padStart(5);
	const kind = event.path === 'audio/tts' ? 'speech' : 'avatar';
	return `${elapsed} s  ${kind} task ${event.taskId}: ${event.status}`;
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

runMain(main, 'The demo failed.');
