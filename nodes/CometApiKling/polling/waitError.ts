import type { Fault } from '../kling/errors/faults';
import { redact } from '../kling/errors/redact';
import type { KlingTask } from '../kling/task';
import { faultToUserError, UserError } from '../kling/errors/userError';
import type { WaitOutcome } from './pollResult';

type FailedWait = Exclude<WaitOutcome<KlingTask, Fault>, { kind: 'ended' }>;

const HOW_TO_CONTINUE =
	'The task may still finish: retry the execution to keep waiting for it, or fetch it with Task > Get. Nothing is charged again.';

/** The error for a wait that ended before its task did, with the task ID and what to do next. */
export function toWaitError(outcome: FailedWait, taskId: string): UserError {
	const checks = `Status checks so far: ${redact(outcome.statusSummary)}.`;
	switch (outcome.kind) {
		case 'stopped': {
			const { message, details } = faultToUserError(outcome.reason, { taskId });
			return new UserError(message, { ...details, advice: `${details.advice} ${checks}` });
		}
		case 'unfinished':
			return new UserError(
				`Task ${taskId} did not finish within ${toSeconds(outcome.elapsedMs)} seconds`,
				{
					advice: `${HOW_TO_CONTINUE} To wait longer, increase 'Max Wait (Seconds)'. ${checks}${unknownStatusNote(outcome.unknownStatuses)}`,
					taskId,
				},
			);
		case 'unreadable':
			return new UserError(
				`Task ${taskId} could not be checked for ${toSeconds(outcome.unreadableMs)} seconds: ${outcome.lastResponse}`,
				{ advice: `${HOW_TO_CONTINUE} ${checks}`, taskId },
			);
		case 'canceled':
			return new UserError(`The wait for task ${taskId} was canceled`, {
				advice: `${HOW_TO_CONTINUE} ${checks}`,
				taskId,
			});
	}
}

function unknownStatusNote(statuses: string[]): string {
	if (statuses.length === 0) return '';
	const list = statuses.map((status) => `"${status}"`).join(', ');
	return ` This node does not know the status ${redact(list)}.`;
}

function toSeconds(milliseconds: number): number {
	return Math.round(milliseconds / 1000);
}
