import { TRAITS } from './faultTraits';

/** Everything that can go wrong between a request and a usable response (API.md 6). */
export type FaultKind =
	| 'badKey'
	| 'account'
	| 'noCredit'
	| 'noPermission'
	| 'firewall'
	| 'badParameters'
	| 'duplicateId'
	| 'invalidId'
	| 'notFound'
	| 'contentPolicy'
	| 'tooFast'
	| 'tooManyTasks'
	| 'rateLimited'
	| 'noChannel'
	| 'tooLarge'
	| 'refused'
	| 'unavailable'
	| 'wrongPath'
	| 'unreachable'
	| 'interrupted'
	| 'otherTask'
	| 'malformedResponse';

export interface Fault {
	kind: FaultKind;
	/** The message of the service or of the network; it never contains the request. */
	message: string;
	/** The service's code (`1303`, `task_not_exist`) or the network's (`ECONNRESET`). */
	code?: string;
	httpStatus?: number;
	/** How long the service asks the client to wait, in milliseconds. */
	retryAfterMs?: number;
}

/**
 * What a fault on a create says about the charge: `none`: no task was created, and the same request
 * would be rejected again; `none-yet`: no task was created, and the same request may be accepted
 * later; `unknown`: a task may have been created, so the request must not simply be repeated.
 */
export type CreateEffect = 'none' | 'none-yet' | 'unknown';

/** Whether a query that met this fault is worth repeating (API.md 6, last column). */
export function canAskAgain(fault: Fault): boolean {
	return TRAITS[fault.kind].askAgain;
}

/** What the fault says about the charge if it was the response to a create. */
export function effectOnCreate(fault: Fault): CreateEffect {
	return effectOfKind(fault.kind);
}

/** What a fault of this kind says about the charge if it was the response to a create. */
export function effectOfKind(kind: FaultKind): CreateEffect {
	return TRAITS[kind].create;
}

/**
 * What happened, in a sentence without its full stop. It reads well at the start of a message and
 * after a colon; its case must not be changed, since it starts with names.
 */
export function whatHappened(fault: Fault): string {
	return TRAITS[fault.kind].what;
}

/** What to do about it, in full sentences. */
export function adviceFor(fault: Fault): string {
	return TRAITS[fault.kind].advice;
}

/** The fault in a few words, for the list of responses: `HTTP 503`, `code 1303`, `ECONNRESET`. */
export function labelOf(fault: Fault): string {
	if (fault.kind === 'otherTask') return 'response about a different task';
	if (fault.kind === 'malformedResponse' && fault.code === undefined) return 'unreadable response';
	if (fault.httpStatus !== undefined && fault.httpStatus >= 400) {
		return fault.code === undefined
			? `HTTP ${fault.httpStatus}`
			: `HTTP ${fault.httpStatus} code ${fault.code}`;
	}
	return fault.code === undefined ? whatHappened(fault) : `code ${fault.code}`;
}
