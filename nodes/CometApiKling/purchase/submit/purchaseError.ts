import { NOTHING_CHARGED } from '../../actions/invalidParameter';
import { adviceFor } from '../../kling/errors/faults';
import { redact } from '../../kling/errors/redact';
import { describeFault, UserError } from '../../kling/errors/userError';
import type { ExistingTask, SubmitOutcome } from './submission';

/** Says that a retry does not pay for the speech of a video again. */
export const SPEECH_CHARGED = 'The speech was charged, and a retry of this execution reuses it.';

/** What else was or may have been charged for the item. */
export interface PaidBefore {
	/** Whether the speech of the item's video, or a part of it, was charged. */
	hasSpeech: boolean;
	/** External IDs of all requests of the item whose task may exist and be charged. */
	unconfirmedIds: string[];
}

/** The error if there is no task: why, what to do and what was charged. */
export function purchaseError(
	outcome: Exclude<SubmitOutcome, { kind: 'task' }>,
	before: PaidBefore,
): UserError {
	switch (outcome.kind) {
		case 'canceled':
			return new UserError('The execution was canceled before the task was created', {
				advice: whatWasCharged(before),
				...firstId(before),
			});
		case 'refused':
			return refused(outcome, before);
		case 'unconfirmed':
			return unconfirmed(outcome, before);
	}
}

type Outcome<Kind> = Extract<SubmitOutcome, { kind: Kind }>;

function refused({ fault, refusedForMs, existing }: Outcome<'refused'>, before: PaidBefore) {
	const seconds = Math.round((refusedForMs ?? 0) / 1000);
	const prefix =
		refusedForMs === undefined
			? ''
			: `CometAPI did not accept the task within ${seconds} seconds: `;
	const isFailed = existing?.state === 'failed';
	return new UserError(
		`${prefix}${describeFault(fault)}${existing ? describeTask(existing) : ''}`,
		{
			advice: [
				...(isFailed ? ['The ID of a failed task cannot be used again.'] : []),
				adviceFor(fault),
				// An earlier try of this execution may have created the failed task.
				...(isFailed ? ['Check in the CometAPI console whether the failed task was charged.'] : []),
				whatWasCharged(before, isFailed ? 'No other task was created.' : undefined),
			].join(' '),
			fault,
			...(existing && { taskId: existing.id }),
			...firstId(before),
		},
	);
}

function unconfirmed(
	{ fault, externalTaskId, isUserId }: Outcome<'unconfirmed'>,
	before: PaidBefore,
) {
	const reason = fault ? `: ${describeFault(fault)}` : '';
	return new UserError(`Could not confirm whether the task was created${reason}`, {
		advice: [
			'The request was not repeated, to avoid paying twice.',
			'Retry the execution: the node looks up the task by its external ID and never sends the request again.',
			'If the CometAPI console does not show the task, start a new execution to create another one.',
			...(isUserId
				? ["If it shows only an older task with this ID, also use a different 'External Task ID'."]
				: []),
			whatWasCharged({ ...before, unconfirmedIds: [...before.unconfirmedIds, externalTaskId] }),
		].join(' '),
		...(fault && { fault }),
		externalTaskId,
	});
}

/** The older task that has the user's external ID, and why it failed. */
function describeTask({ id, state, statusMessage }: ExistingTask): string {
	const reason =
		state === 'failed' ? `, which failed: ${redact(statusMessage ?? 'no reason was given')}` : '';
	return `: task ${id}${reason}`;
}

/**
 * What was charged for the item, in full sentences.
 *
 * @param nothing the sentence if no task was charged
 */
function whatWasCharged(
	{ hasSpeech, unconfirmedIds }: PaidBefore,
	nothing = `No task was created. ${NOTHING_CHARGED}`,
): string {
	const ids = [...new Set(unconfirmedIds)];
	const speech = hasSpeech ? SPEECH_CHARGED : undefined;
	const tasks =
		ids.length > 0
			? `Tasks with these external IDs may have been charged: ${ids.join(', ')}.`
			: hasSpeech
				? 'The video was not created.'
				: nothing;
	return [tasks, speech].filter((sentence) => sentence !== undefined).join(' ');
}

function firstId({ unconfirmedIds: [externalTaskId] }: PaidBefore): { externalTaskId?: string } {
	return externalTaskId === undefined ? {} : { externalTaskId };
}
