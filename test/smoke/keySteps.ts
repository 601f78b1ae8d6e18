import { parseJson } from '../../nodes/CometApiKling/kling/json';
import { SmokeStop } from './findings';
import { inWords } from './buy';
import { shapeOf } from './shape';
import type { Smoke } from './smoke';

/** Looks like a key but is not valid. */
const BAD_KEY = 'sk-smoke-run-not-a-key';

/**
 * Requests the models with an invalid key and with the user's, which is free.
 *
 * @throws SmokeStop if the user's key is rejected, before anything is charged
 */
export async function checkKeys({ service, findings, say }: Smoke): Promise<void> {
	say('Requesting the models with an invalid key, then with yours …');
	const bad = await service.models(BAD_KEY);
	findings.note(
		'badKey',
		bad.kind === 'fault'
			? `No response: ${inWords(bad.fault)}.`
			: `HTTP ${bad.response.httpStatus}, \`${JSON.stringify(shapeOf(parseJson(bad.response.text)))}\`.`,
	);
	const good = await service.models();
	if (good.kind === 'fault') throw new SmokeStop(`No response: ${inWords(good.fault)}.`);
	if (good.response.httpStatus !== 200) {
		throw new SmokeStop(
			`The key was rejected (HTTP ${good.response.httpStatus}). Nothing was charged.`,
		);
	}
}
