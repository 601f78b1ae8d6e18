import { parseArgs } from 'node:util';

import { runMain } from '../support/runMain';
import { wholeNumber } from '../support/wholeNumber';
import { startSimulator } from './index';

const HELP = `Starts a simulated CometAPI on this machine, so that you can try the node for free.

  npm run simulator -- [options]

  --port N            the port to listen on; if it is in use, the next free port (default 4010)
  --task-seconds N    how long a task takes (default 20)
  --parallel-limit N  how many unfinished tasks the account may have (default 5)
  --help              prints this text
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '4010' },
			'task-seconds': { type: 'string', default: '20' },
			'parallel-limit': { type: 'string', default: '5' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		say(HELP);
		return;
	}
	const port = wholeNumber('--port', values.port, 65_535);
	const simulator = await startSimulator({
		port,
		taskSeconds: wholeNumber('--task-seconds', values['task-seconds'], 86_400),
		parallelLimit: wholeNumber('--parallel-limit', values['parallel-limit'], 1000),
		media: 'real',
		recordBodies: 'summary',
		onEvent: ({ taskId, path, status }) => say(`${path} ${taskId}: ${status}`),
	});
	const actualPort = Number(new URL(simulator.url).port);
	if (port !== 0 && port !== actualPort) say(`Port ${port} is in use, so ${actualPort} is used.`);
	say(`Base URL: ${simulator.url}`);
	say(`API key:  ${simulator.key}`);
	say(
		`Samples:  ${simulator.mediaUrl}/face.jpg, face.png, voice.mp3, voice.wav, voice.m4a, voice.aac`,
	);
	say('Press Ctrl+C to stop it.');
	process.once('SIGINT', () => void simulator.stop());
	process.once('SIGTERM', () => void simulator.stop());
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

runMain(main, 'The simulator failed.');
