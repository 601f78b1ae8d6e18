import { randomBytes } from 'node:crypto';

import { checkAvatar } from './avatarSteps';
import { Findings, SmokeStop } from './findings';
import { checkKeys } from './keySteps';
import { SmokeService } from './service';
import { checkSpeech } from './speechSteps';

export interface SmokeOptions {
	/** Without a trailing slash, see `normalizeBaseUrl`. */
	baseUrl: string;
	key: string;
	image: Buffer;
	/** Sends the same external ID again; if that is accepted, a second clip is charged. */
	tryDuplicate: boolean;
	/** Stores the clip, if given. */
	keepClip?(bytes: Buffer): void;
	say(text: string): void;
}

/** What all steps of a run share. */
export interface Smoke extends SmokeOptions {
	service: SmokeService;
	findings: Findings;
	/** Distinguishes the tasks of this run from all others of the account. */
	runId: string;
}

const RUN_ID_BYTES = 6;

/**
 * Creates one speech and one clip of about three seconds, and answers the open questions. Never
 * throws because of the service: the findings show how far the run got.
 */
export async function smokeRun(options: SmokeOptions): Promise<Findings> {
	const findings = new Findings();
	const service = new SmokeService(options.baseUrl, options.key, (title, shape) =>
		keepShape(findings, title, shape),
	);
	const runId = `smoke-${randomBytes(RUN_ID_BYTES).toString('hex')}`;
	const smoke: Smoke = { ...options, service, findings, runId };
	try {
		await checkKeys(smoke);
		const speech = await checkSpeech(smoke);
		await checkAvatar(smoke, speech);
	} catch (error) {
		if (!(error instanceof SmokeStop)) throw error;
		findings.stoppedBy = error.message;
	}
	return findings;
}

/** Polls repeat the same shape, so it is reported only once. */
function keepShape(findings: Findings, title: string, shape: unknown): void {
	const isKnown = findings.shapes.some(
		(one) => one.title === title && JSON.stringify(one.shape) === JSON.stringify(shape),
	);
	if (!isKnown) findings.shapes.push({ title, shape });
}
