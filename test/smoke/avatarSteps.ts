import { AVATAR_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import type { BodyFields } from '../../nodes/CometApiKling/kling/requestBody';
import { resultUrl, type KlingTask } from '../../nodes/CometApiKling/kling/task';
import { kindOf } from '../../nodes/CometApiKling/media/kind';
import { buy, inWords, seeItEnd } from './buy';
import { SmokeStop } from './findings';
import type { Smoke } from './smoke';
import { priceOf, type Speech } from './speechSteps';

const PROMPT = 'The person speaks naturally to the camera.';

/**
 * Creates the clip, and answers all open questions about it.
 *
 * @throws SmokeStop if it is not created
 */
export async function checkAvatar(smoke: Smoke, speech: Speech): Promise<void> {
	const { service, findings } = smoke;
	const externalTaskId = `${smoke.runId}-avatar`;
	const fields = { image: smoke.image, audio_id: speech.audioId, mode: 'std' };
	const made = await buyWithOrWithoutPrompt(smoke, fields, externalTaskId);

	const found = await service.query(AVATAR_ROUTE, externalTaskId);
	findings.note(
		'lookUp',
		found.kind === 'task'
			? `Works; it returns ${found.task.id === made.id ? 'the same task' : 'a different task ID'}.`
			: `Does not work: ${inWords(found.fault)}.`,
	);

	const task = await seeItEnd(smoke, AVATAR_ROUTE, made);
	findings.note('queryPath', `\`GET /kling/v1/${AVATAR_ROUTE.path}/{task_id}\` works.`);
	const price = priceOf(task.raw) ?? 'not returned';
	const video = task.videos[0];
	findings.note(
		'price',
		`\`final_unit_deduction\`: avatar std ${price} for ${video?.durationSeconds ?? '?'} s of video (${speech.seconds ?? '?'} s of speech); speech ${speech.price ?? 'not returned'}. Compare this with the bill in the console.`,
	);
	if (task.state === 'failed') {
		throw new SmokeStop(`Task ${task.id} failed: ${task.statusMessage ?? 'no reason was given'}.`);
	}
	await fetchClip(smoke, task);
	await checkDuplicate(smoke, fields, externalTaskId);
}

/**
 * The first attempt has no prompt. If it is rejected, nothing is charged and the second attempt has
 * a prompt. If it is accepted, it is the clip. Either way, one clip is charged.
 */
async function buyWithOrWithoutPrompt(
	smoke: Smoke,
	fields: BodyFields,
	externalTaskId: string,
): Promise<KlingTask> {
	const bare = await buy(smoke, AVATAR_ROUTE, fields, externalTaskId);
	if (bare.kind === 'task') {
		smoke.findings.note('prompt', 'No: a request without one was accepted.');
		return bare.task;
	}
	const full = await buy(smoke, AVATAR_ROUTE, { ...fields, prompt: PROMPT }, externalTaskId);
	if (full.kind === 'refused') {
		throw new SmokeStop(
			`The avatar was rejected without a prompt and with one: ${inWords(full.fault)}. Only the speech was charged.`,
		);
	}
	smoke.findings.note(
		'prompt',
		`Yes: a request without one was rejected (${inWords(bare.fault)}), and the same request with one was accepted.`,
	);
	return full.task;
}

async function checkDuplicate(
	smoke: Smoke,
	fields: BodyFields,
	externalTaskId: string,
): Promise<void> {
	if (!smoke.tryDuplicate) {
		smoke.findings.note(
			'duplicate',
			'Not checked, because an accepted duplicate costs a second clip. Use `--try-duplicate` to check it.',
		);
		return;
	}
	const again = await buy(smoke, AVATAR_ROUTE, { ...fields, prompt: PROMPT }, externalTaskId);
	smoke.findings.note(
		'duplicate',
		again.kind === 'refused'
			? `Rejected: ${inWords(again.fault)}.`
			: `Accepted: task ${again.task.id} was created and charged, too.`,
	);
}

async function fetchClip(smoke: Smoke, task: KlingTask): Promise<void> {
	const url = resultUrl(task, 'video');
	if (url === undefined) throw new SmokeStop(`Task ${task.id} succeeded without a video.`);
	const bytes = await smoke.service.download(url).catch((error: unknown) => {
		const why = error instanceof Error ? error.message : 'unknown error';
		throw new SmokeStop(`The clip of task ${task.id} could not be downloaded: ${why}.`);
	});
	if (kindOf(bytes)?.family !== 'video') {
		throw new SmokeStop(`The result of task ${task.id} is not a video.`);
	}
	smoke.keepClip?.(bytes);
}
