import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { checkImage } from '../../nodes/CometApiKling/media/image/checkImage';
import { normalizeBaseUrl } from '../../nodes/CometApiKling/transport/baseUrl';
import { PROJECT_FOLDER } from '../harness/project';
import { sampleFile } from '../simulator/sampleMedia';
import { runMain } from '../support/runMain';
import { confirmed, costText } from './confirm';
import { reportOf } from './report';
import { smokeRun } from './smoke';

const HELP = `Creates the shortest possible clip with the live CometAPI, which costs money, and prints a report
on the open questions, which you can paste into an issue.

  COMETAPI_KEY=… npm run smoke -- [options]

  --yes             spends money without asking first
  --image FILE      a JPG or PNG with a face; the default is a drawing, which may be rejected
  --try-duplicate   sends the same external ID twice; if that is accepted, a second clip is charged
  --out DIR         folder for the clip (default out/)
  --help            prints this text

  COMETAPI_KEY        the API key, which is never printed
  COMETAPI_BASE_URL   replaces https://api.cometapi.com, for example with the URL of a simulator
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			yes: { type: 'boolean', default: false },
			image: { type: 'string' },
			'try-duplicate': { type: 'boolean', default: false },
			out: { type: 'string', default: path.join(PROJECT_FOLDER, 'out') },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	const key = process.env.COMETAPI_KEY?.trim() ?? '';
	if (key === '') throw new Error('Set the environment variable COMETAPI_KEY to your API key.');
	const baseUrl = normalizeBaseUrl(process.env.COMETAPI_BASE_URL ?? 'https://api.cometapi.com');
	const image = readFileSync(values.image ?? (await sampleFile('face.jpg')));
	const verdict = checkImage(image);
	if (!verdict.ok) throw new Error(`--image: ${verdict.problem}. ${verdict.advice}`);

	const tryDuplicate = values['try-duplicate'];
	say(costText(tryDuplicate));
	if (!values.yes && !(await confirmed('Continue?'))) {
		throw new Error('Nothing was sent, and nothing was charged.');
	}
	const startedAt = Date.now();
	const findings = await smokeRun({
		baseUrl,
		key,
		image,
		tryDuplicate,
		say,
		keepClip: (bytes) => {
			const file = path.join(path.resolve(values.out), 'smoke.mp4');
			mkdirSync(path.dirname(file), { recursive: true });
			writeFileSync(file, bytes);
			say(`Clip: ${file}`);
		},
	});
	const facts = { key, baseUrl, startedAt, endedAt: Date.now() };
	process.stdout.write(reportOf(findings, facts));
	if (findings.stoppedBy !== undefined) process.exitCode = 1;
}

/** Writes everything but the report to stderr, so that the report can be redirected into a file. */
function say(text: string): void {
	process.stderr.write(`${text}\n`);
}

runMain(main, 'The smoke run failed.');
