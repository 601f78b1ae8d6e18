import { parseArgs } from 'node:util';

import type { SimulatorEvent } from '../simulator';
import { runMain } from '../support/runMain';
import { wholeNumber } from '../support/wholeNumber';
import { Rest } from './n8n/rest';
import { startPlayground, USUAL_PORT, type Playground } from './playground/playground';

const HELP = `Starts n8n on this machine with this package, all its examples and a simulated CometAPI.
Nothing is sent to the internet, and nothing is charged. The first start installs n8n (3 GB, five minutes).

  npm run n8n -- [options]

  --port N          the port for n8n; if it is in use, the next free port (default ${USUAL_PORT})
  --task-seconds N  how long a task takes (default 8)
  --help            prints this text

When n8n stops, everything you created is deleted. To keep a workflow, download it from its menu.
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
	// The terminal sends the signal to every process of the group, and npm and the setup pass it on.
	// So it arrives several times, and the default action for the second one would leave n8n running.
	// SIGHUP is sent when the terminal is closed.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
	say('Starting n8n …');
	playground = await startPlayground(port, { taskSeconds, onEvent: tell });
	const { url, examplesUrl, faceUrl, formUrl, fileFolder, services, simulator } = playground;
	const { email, password } = Rest.owner;
	if (new URL(url).port !== String(port))
		say(`Port ${port} is in use, so the next free port is used.`);
	say(`
Examples:  ${examplesUrl}
Sign in:   ${email}
Password:  ${password}
Face:      ${faceUrl} (a URL for 'Image URL')
Form:      ${formUrl} (example 12)
Chat:      ${services.pageUrl} (example 13 asks for your approval here)
Videos:    ${fileFolder} (deleted when n8n stops)
CometAPI:  simulated at ${simulator.url}. OpenAI, Telegram and S3 are simulated, too, and all credentials are set up.

Open the first URL, sign in, open an example, and select "Execute workflow".
Press Ctrl+C to stop n8n and delete everything you created. To keep a workflow, download it first.
`);
}

function end(): void {
	if (isEnding) return;
	isEnding = true;
	say('Stopping n8n. Running executions have 30 seconds to finish …');
	if (playground) void playground.stop();
	// Everything that has been started so far is killed when the process exits.
	else process.exit(0);
}

function tell({ path, taskId, status }: SimulatorEvent): void {
	say(`${path} ${taskId}: ${status}`);
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

runMain(main, 'n8n could not start.');
