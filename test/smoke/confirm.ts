import { createInterface } from 'node:readline/promises';

/**
 * List price and length from docs/maintainers/service-notes.md#task-times-and-client-behavior; the price of
 * speech is not documented.
 */
const SECONDS = 3;
const USD_PER_SECOND = 0.056;

/** What a run costs, as far as that is known. */
export function costText(tryDuplicate: boolean): string {
	const clip = `about $${(SECONDS * USD_PER_SECOND).toFixed(2)}`;
	const second = tryDuplicate
		? ` With --try-duplicate, a second clip is charged if CometAPI accepts the repeated ID.`
		: '';
	return `This creates one speech task (its price is not documented) and one std avatar clip of ${SECONDS} seconds: ${clip} at the documented list price of $${USD_PER_SECOND} per second.${second}`;
}

/** Asks on the terminal. Only "yes" confirms; the end of the input declines. */
export async function confirmed(question: string): Promise<boolean> {
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
	try {
		const answer = await Promise.race([
			terminal.question(`${question} Type yes to continue: `),
			closed,
		]);
		return answer.trim().toLowerCase() === 'yes';
	} finally {
		terminal.close();
	}
}
