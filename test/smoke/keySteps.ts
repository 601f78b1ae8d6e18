import { parseJson } from '../../nodes/CometApiKling/kling/json';
import { SmokeStop } from './findings';
import { inWords } from './buy';
import { shapeOf } from './shape';
import type { Smoke } from './smoke';

/** Formed like a key, and none. */
const BAD_KEY = 'sk-smoke-run-not-a-key';

/**
 * Asks for the models with a bad key and with the good one, which is free.
 *
 * @throws SmokeStop where the good key is not taken, before anything is paid
 */
export async function checkKeys({ service, findings, say }: Smoke): Promise<void> {
	say('Asking for the models with a bad key, then with yours …');
	const bad = await service.models(BAD_KEY);
	findings.note(
		'badKey',
		bad.kind === 'fault'
			? `No answer: ${inWords(bad.fault)}.`
			: `HTTP ${bad.answer.httpStatus}, \`${JSON.stringify(shapeOf(parseJson(bad.answer.text)))}\`.`,
	);
	const good = await service.models();
	if (good.kind === 'fault') throw new SmokeStop(`No answer: ${inWords(good.fault)}.`);
	if (good.answer.httpStatus !== 200) {
		throw new SmokeStop(
			`The key was not taken (HTTP ${good.answer.httpStatus}). Nothing was paid.`,
		);
	}
}
