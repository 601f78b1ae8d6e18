import type { FaultKind } from '../simulator';

/** The steps at which a fault strikes. */
export const STEPS = ['speech', 'create', 'poll', 'download'] as const;
export type Step = (typeof STEPS)[number];

/** What must happen when a fault strikes a step. */
export type Expectation =
	/** Nothing is noticed. */
	| { end: 'unharmed' }
	/** The request is made again, and the video comes. */
	| { end: 'retried' }
	/** The task is found by its external id, and the video comes; nothing is sent twice. */
	| { end: 'adopted' }
	/** The node stops; `says` is in the message or the advice. */
	| { end: 'stopped'; says: RegExp; paid: number }
	| { end: 'cannot occur'; why: string };

/** A fault, and what must happen at each step. */
export interface Row {
	fault: string;
	kind: FaultKind | 'refused';
	at: Record<Step, Expectation>;
}

export const unharmed: Expectation = { end: 'unharmed' };
export const retried: Expectation = { end: 'retried' };
export const adopted: Expectation = { end: 'adopted' };

/** @param paid how many tasks were paid for: the step's own, if it made one, and none besides */
export function stopped(says: RegExp, paid: number): Expectation {
	return { end: 'stopped', says, paid };
}

export function cannotOccur(why: string): Expectation {
	return { end: 'cannot occur', why };
}
