/**
 * The number given for a command-line option.
 *
 * @throws if the text is not a whole number from 0 to `largest`
 */
export function wholeNumber(option: string, text: string, largest: number): number {
	const value = Number(text);
	if (/^\d+$/.test(text) && value <= largest) return value;
	throw new Error(`${option} takes a whole number from 0 to ${largest}, not "${text}".`);
}
