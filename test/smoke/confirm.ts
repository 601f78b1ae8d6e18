import { createInterface } from 'node:readline/promises';

/** List prices and lengths of API.md 7; the price of speech is documented nowhere. */
const SECONDS = 3;
const USD_PER_SECOND = 0.056;

/** What a run costs, as far as it is known. */
export function costText(tryDuplicate: boolean): string {
	const clip = `about $${(SECONDS * USD_PER_SECOND).toFixed(2)}`;
	const second = tryDuplicate
		? ` With --try-duplicate a second such clip is paid if CometAPI takes the repeated id.`
		: '';
	return `This buys one speech (its price is not documented) and one std avatar clip of ${SECONDS} seconds: ${clip} at $${USD_PER_SECOND} a second, the list price as documented.${second}`;
}

/** Asks on the terminal; only "yes" is one. The end of the input is a no. */
export async function confirmed(question: string): Promise<boolean> {
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
	try {
		const answer = await Promise.race([
			terminal.question(`${question} Type yes to go on: `),
			closed,
		]);
		return answer.trim().toLowerCase() === 'yes';
	} finally {
		terminal.close();
	}
}
