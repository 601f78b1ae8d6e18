import type { IExecuteFunctions } from 'n8n-workflow';

import type { Job, Result } from './job';
import { hostClock } from '../transport/hostClock';
import { readAvatarJob } from './avatar/create.operation';
import { invalidParameter } from './invalidParameter';
import { ParameterReader, type ValidationContext } from './parameterReader';
import { readSpeechJob } from './speech/generate.operation';
import { readTaskJob } from './task/get.operation';

const OPERATIONS = new Map<string, (parameters: ParameterReader) => Promise<Job>>([
	['avatar:create', readAvatarJob],
	['speech:generate', readSpeechJob],
	['task:get', readTaskJob],
]);

/** Checking a thousand items takes a second, so let n8n's event loop run after this long. */
const YIELD_AFTER_MS = 10;

/**
 * Reads and validates the parameters of all items, one after the other, so that only one item's
 * files are in memory at a time. Never throws: an invalid item's error takes its place in the list.
 */
export async function validateItems(
	context: IExecuteFunctions,
	validation: ValidationContext,
): Promise<Array<Result<Job>>> {
	const checked: Array<Result<Job>> = [];
	const itemOfExternalId = new Map<string, number>();
	let lastYieldAt = hostClock.now();
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		if (hostClock.now() - lastYieldAt > YIELD_AFTER_MS) {
			await hostClock.sleep(0);
			lastYieldAt = hostClock.now();
		}
		try {
			const job = await readJob(new ParameterReader(context, itemIndex, validation));
			checkUniqueExternalId(job, itemOfExternalId);
			checkSameWaitStrategy(job, checked);
			checked.push({ ok: true, value: job });
		} catch (thrown) {
			checked.push({ ok: false, thrown });
		}
	}
	return checked;
}

async function readJob(parameters: ParameterReader): Promise<Job> {
	const resource = parameters.choice('resource', 'Resource', ['avatar', 'speech', 'task']);
	const operation = parameters.choice('operation', 'Operation', ['create', 'generate', 'get']);
	const read = OPERATIONS.get(`${resource}:${operation}`);
	if (!read)
		throw invalidParameter(
			'Operation',
			`is ${operation}, which is not available for the resource ${resource}`,
			'Select an operation from the list.',
		);
	return await read(parameters);
}

/** The API rejects the second of two equal IDs, so report it before the first is paid for. */
function checkUniqueExternalId(job: Job, itemOfExternalId: Map<string, number>): void {
	if (job.kind === 'task' || job.externalTaskId === undefined) return;
	const other = itemOfExternalId.get(job.externalTaskId);
	if (other !== undefined) {
		throw invalidParameter(
			'External Task ID',
			`is the same as that of item ${other}`,
			'Use a different ID for each item, for example by including {{ $itemIndex }}, or leave the field empty.',
		);
	}
	itemOfExternalId.set(job.externalTaskId, job.itemIndex);
}

/** An execution can only be suspended as a whole, so all items must use the same strategy. */
function checkSameWaitStrategy(job: Job, checked: Array<Result<Job>>): void {
	const first = checked.find((item) => item.ok);
	if (!first || usesCallback(first.value) === usesCallback(job)) return;
	throw invalidParameter(
		'Wait Strategy',
		`differs from that of item ${first.value.itemIndex}`,
		'Use the same wait strategy for all items.',
	);
}

function usesCallback(job: Job): boolean {
	return job.wait?.usesCallback === true;
}
