import { randomBytes } from 'node:crypto';

import { checkAvatar } from './avatarSteps';
import { Findings, SmokeStop } from './findings';
import { checkKeys } from './keySteps';
import { SmokeService } from './service';
import { checkSpeech } from './speechSteps';

export interface SmokeOptions {
	/** Without a slash at its end, see `normalizeBaseUrl`. */
	baseUrl: string;
	key: string;
	image: Buffer;
	/** Sends the same external id a second time, which costs a second clip if it is not refused. */
	tryDuplicate: boolean;
	/** Where the clip goes, if anywhere. */
	keepClip?(bytes: Buffer): void;
	say(text: string): void;
}

/** What all steps of a run share. */
export interface Smoke extends SmokeOptions {
	service: SmokeService;
	findings: Findings;
	/** Tells the tasks of this run from all others of the account. */
	runId: string;
}

const RUN_ID_BYTES = 6;

/**
 * Buys one speech and one clip of about three seconds, and finds out on the way what is open.
 * Never throws for what the service does: the findings say how far it came.
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

/** Polls repeat the same shape; it is told once. */
function keepShape(findings: Findings, title: string, shape: unknown): void {
	const isKnown = findings.shapes.some(
		(one) => one.title === title && JSON.stringify(one.shape) === JSON.stringify(shape),
	);
	if (!isKnown) findings.shapes.push({ title, shape });
}
