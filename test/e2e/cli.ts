import { parseArgs } from 'node:util';

import type { SimulatorEvent } from '../simulator';
import { runMain } from '../support/runMain';
import { wholeNumber } from '../support/wholeNumber';
import { Rest } from './n8n/rest';
import { startPlayground, USUAL_PORT, type Playground } from './playground/playground';

const HELP = `Starts a real n8n on this machine, with this package, all its examples and a simulated CometAPI.
Nothing is sent to the internet, and nothing is paid. The first start installs n8n (3 GB, five minutes).

  npm run n8n -- [options]

  --port N          the port of n8n; the next free one if it is taken (default ${USUAL_PORT})
  --task-seconds N  how long a task takes (default 8)
  --help            this text

What is made in it is deleted at the end; download a workflow from its menu to keep it.
`;

let playground: Playground | undefined;
let isEnding = false;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: String(USUAL_PORT) },
			'task-seconds': { type: 'string', default: '8' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		say(HELP);
		return;
	}
	const port = wholeNumber('--port', values.port, 65_535);
	const taskSeconds = wholeNumber('--task-seconds', values['task-seconds'], 86_400);
	// The terminal sends it to every process of the group, and npm and the setup pass it on: so it
	// comes several times, and the default action at the second one would leave n8n behind.
	// SIGHUP comes where the terminal is closed.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
	say('Starting n8n …');
	playground = await startPlayground(port, { taskSeconds, onEvent: tell });
	const { url, examplesUrl, faceUrl, formUrl, fileFolder, services, simulator } = playground;
	const { email, password } = Rest.owner;
	if (new URL(url).port !== String(port)) say(`Port ${port} is taken; the next free one is used.`);
	say(`
Examples:  ${examplesUrl}
Sign in:   ${email}
Password:  ${password}
Face:      ${faceUrl} (a link for 'Image URL')
Form:      ${formUrl} (example 12)
Chat:      ${services.pageUrl} (example 13 asks for your approval here)
Videos:    ${fileFolder} (deleted at the end)
CometAPI:  simulated at ${simulator.url}; so are OpenAI, Telegram and S3, each with its credential

Open the first link and sign in, open an example, and select "Execute workflow".
Ctrl+C ends n8n, and deletes what was made in it: download a workflow from its menu to keep it.
`);
}

function end(): void {
	if (isEnding) return;
	isEnding = true;
	say('Ending n8n; executions that run are given half a minute …');
	if (playground) void playground.stop();
	// Whatever has been started so far is killed as the process exits.
	else process.exit(0);
}

function tell({ path, taskId, status }: SimulatorEvent): void {
	say(`${path} ${taskId}: ${status}`);
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

runMain(main, 'n8n did not start.');
