import type { Expectation, Step } from '../faults/expectations';
import { clipsOf, NODE, paidFor, runTalk, talkService, TWO_PARTS } from './setup';
import type { FaultKind } from '../simulator';

const PARTS = 2;

/** Longer than the longest timeout of the node, in the engine's accelerated time. */
const MAX_WAIT_SECONDS = 400;

const MAX_RETRIES = 2;

/**
 * Creates a talk of two clips while a fault affects the second request of a step, and retries the
 * execution until it succeeds or nothing more can be done.
 *
 * @returns deviations from the expected result; empty if there are none
 */
export async function runPartCell(
	kind: FaultKind,
	step: Step,
	expected: Exclude<Expectation, { end: 'cannot occur' }>,
): Promise<string[]> {
	const simulator = await talkService();
	try {
		const talk = { text: TWO_PARTS, options: { maxWaitSeconds: MAX_WAIT_SECONDS } };
		simulator.inject({ on: step, kind, after: 1 });
		const complaints: string[] = [];
		let result = await runTalk(simulator, talk);
		if ((result.error !== undefined) !== (expected.end === 'stopped')) {
			complaints.push(`ended with: ${result.error?.message ?? 'success'}`);
		}
		const names = step === 'download' ? /Task \d+/ : /^(Part|Clip) \d of 2 /;
		if (result.error && !names.test(result.error.message)) {
			complaints.push(`did not name the part: ${result.error.message}`);
		}
		for (let retry = 0; retry < MAX_RETRIES && result.error; retry++) {
			result = await runTalk(simulator, { ...talk, run: { retryOf: result, mode: 'retry' } });
		}
		const { speech, avatar } = paidFor(simulator);
		// A request that was lost before its task existed is looked up by each retry, and never sent
		// again.
		const isLost = /Could not confirm/.test(result.error?.message ?? '');
		if (result.error && !isLost) complaints.push(`did not recover: ${result.error.message}`);
		const isComplete = speech === PARTS && avatar === PARTS;
		if (!isLost && !isComplete) complaints.push(`paid for ${speech} speeches and ${avatar} videos`);
		if (speech > PARTS || avatar > PARTS) complaints.push('paid for a part twice');
		const clips = clipsOf(result.items(NODE)[0]).length;
		if (!isLost && clips !== PARTS) complaints.push(`delivered ${clips} clips`);
		return complaints;
	} finally {
		await simulator.stop();
	}
}
