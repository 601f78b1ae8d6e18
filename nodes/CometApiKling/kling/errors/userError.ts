import { adviceFor, whatHappened, type Fault } from './faults';

export interface UserErrorDetails {
	/** What to do about it, in full sentences. */
	advice: string;
	/** The fault of the service or the network that caused the error. */
	fault?: Fault;
	taskId?: string;
	externalTaskId?: string;
	/** Tasks of the other clips of the item. */
	otherTaskIds?: string[];
	/** The clip that cannot be joined, by its place in the list, from 0. */
	clipIndex?: number;
}

/** Why an item failed, in words for the user; `nodeError.ts` turns it into n8n's errors. */
export class UserError extends Error {
	constructor(
		/** What happened, in a full sentence. */
		sentence: string,
		readonly details: UserErrorDetails,
	) {
		super(sentence);
	}
}

/** The default error for a fault. */
export function faultToUserError(
	fault: Fault,
	ids: Pick<UserErrorDetails, 'taskId' | 'externalTaskId'> = {},
): UserError {
	return new UserError(describeFault(fault), {
		advice: adviceFor(fault),
		fault,
		...ids,
	});
}

/** What happened, followed by the service's own message. */
export function describeFault(fault: Fault): string {
	return `${whatHappened(fault)}${formatServiceMessage(fault)}`;
}

/**
 * The service's own message, formatted to follow a sentence: `: "Account balance not enough" (code
 * 1101)`.
 */
function formatServiceMessage(fault: Fault): string {
	const words = fault.message === '' ? '' : `: ${fault.message.replace(/\.$/, '')}`;
	const codes = [
		fault.httpStatus === undefined ? undefined : `HTTP ${fault.httpStatus}`,
		fault.code === undefined ? undefined : `code ${fault.code}`,
	].filter((part) => part !== undefined);
	return `${words}${codes.length === 0 ? '' : ` (${codes.join(', ')})`}`;
}
