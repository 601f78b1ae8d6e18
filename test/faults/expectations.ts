import type { FaultKind } from '../simulator';

/** The steps into which faults are injected. */
export const STEPS = ['speech', 'create', 'poll', 'download'] as const;
export type Step = (typeof STEPS)[number];

/** What must happen if a fault is injected into a step. */
export type Expectation =
	/** The fault has no effect. */
	| { end: 'unharmed' }
	/** The request is repeated, and the video arrives. */
	| { end: 'retried' }
	/** The task is found by its external ID, and the video arrives; no request is sent twice. */
	| { end: 'adopted' }
	/** The node fails; `says` is in the message or the description. */
	| { end: 'stopped'; says: RegExp; paid: number }
	| { end: 'cannot occur'; why: string };

/** A fault, and the expected result at each step. */
export interface Row {
	fault: string;
	kind: FaultKind | 'refused';
	at: Record<Step, Expectation>;
}

export const unharmed: Expectation = { end: 'unharmed' };
export const retried: Expectation = { end: 'retried' };
export const adopted: Expectation = { end: 'adopted' };

/** @param paid how many tasks were charged: only the step's own, if it created one */
export function stopped(says: RegExp, paid: number): Expectation {
	return { end: 'stopped', says, paid };
}

export function cannotOccur(why: string): Expectation {
	return { end: 'cannot occur', why };
}
