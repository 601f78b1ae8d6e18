import { UserError } from '../kling/errors/userError';
import { onAbort } from '../polling/time/onAbort';
import type { Run } from './run';

/** Enough words to find the part in the text. */
const SHOWN_WORDS = 6;
const SHOWN_CHARACTERS = 60;

/** What an error calls the parts of an item, and how it identifies each one. */
export interface PartNames<Part> {
	/** For example `Clip`, to which `2 of 5` is added. */
	noun: string;
	textOf(part: Part): string | undefined;
}

/**
 * Processes all parts of an item at the same time. If one fails, nothing more of the item is
 * submitted, nor of other items if the error ends the run; existing tasks continue at CometAPI, and
 * a retry resumes them.
 *
 * @param names left out if an error should not name the part
 * @returns the results in the order of the parts
 * @throws UserError of the first part that fails
 */
export async function forEachPart<Part, Result>(
	run: Run,
	itemIndex: number,
	parts: readonly Part[],
	work: (part: Part, run: Run, index: number) => Promise<Result>,
	names?: PartNames<Part>,
): Promise<Result[]> {
	const [only, ...others] = parts;
	if (only !== undefined && others.length === 0) return [await work(only, run, 0)];
	const end = new AbortController();
	const unsubscribe = onAbort(run.signal, () => end.abort());
	const partRun: Run = { ...run, signal: end.signal };
	let first: { index: number; thrown: unknown } | undefined;
	const results = await Promise.allSettled(
		parts.map(
			async (part, index) =>
				await work(part, partRun, index).catch((thrown: unknown) => {
					first ??= { index, thrown };
					end.abort();
					run.fail(itemIndex);
					throw thrown;
				}),
		),
	);
	unsubscribe();
	if (first) throw names ? namePart(first.thrown, first.index, parts, names) : first.thrown;
	return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

/** Adds the affected part to a `UserError`; other errors stay unchanged. */
export function namePart<Part>(
	thrown: unknown,
	index: number,
	parts: readonly Part[],
	names: PartNames<Part>,
): unknown {
	const part = parts[index];
	if (!(thrown instanceof UserError) || parts.length < 2 || part === undefined) return thrown;
	const text = firstWords(names.textOf(part) ?? '');
	const shown = text === '' ? '' : ` ("${text}")`;
	return new UserError(
		`${names.noun} ${index + 1} of ${parts.length}${shown} failed. ${thrown.message}`,
		{
			...thrown.details,
			advice: `${thrown.details.advice} A retry creates, and bills, only what is missing.`,
		},
	);
}

function firstWords(text: string): string {
	const words = text.trim().split(/\s+/);
	const start = [...words.slice(0, SHOWN_WORDS).join(' ')];
	const shown = start.slice(0, SHOWN_CHARACTERS).join('');
	const isCut = words.length > SHOWN_WORDS || start.length > SHOWN_CHARACTERS;
	return isCut ? `${shown}…` : shown;
}
