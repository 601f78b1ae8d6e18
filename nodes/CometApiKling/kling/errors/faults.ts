import { TRAITS, type CreateEffect, type FaultKind } from './faultTraits';

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
 * Whether a query that got this fault is worth repeating (docs/maintainers/service-notes.md#errors,
 * last column).
 */
export function canAskAgain(fault: Fault): boolean {
	return TRAITS[fault.kind].askAgain;
}

/** What the fault says about the charge if it was the response to a create request. */
export function effectOnCreate(fault: Fault): CreateEffect {
	return TRAITS[fault.kind].create;
}

/**
 * What happened, in a sentence without its period. It reads well at the start of a message and
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
