import { invalidParameter } from './invalidParameter';

/** The numbers that a parameter accepts; both ends are included. */
export interface NumberRange {
	min: number;
	max: number;
	/** How many decimals the value may have. */
	decimals: number;
}

/**
 * The text itself, which must not be empty.
 *
 * @param example a value to enter instead, for the error
 * @throws UserError that names the parameter; so do all functions below
 */
export function present(text: string, label: string, example: string): string {
	if (text !== '') return text;
	throw invalidParameter(label, 'is empty', `Enter a value, for example ${example}.`);
}

/** A string without surrounding whitespace; a number is converted, and nothing gives an empty one. */
export function asText(value: unknown, label: string): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number') {
		if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
		throw invalidParameter(
			label,
			`is the number ${value}, whose last digits were rounded`,
			'Pass it as text: JSON numbers of more than 15 digits are not exact.',
		);
	}
	throw invalidParameter(
		label,
		'is not text',
		`The expression returns ${kindOfValue(value)}. Use a field that contains text, for example {{ $json.text }}.`,
	);
}

/** What an expression returned instead of text, to follow "returns". */
export function kindOfValue(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'boolean' ? 'true or false' : 'an object';
}

/** A boolean, also if an expression returns it as text. */
export function asFlag(value: unknown, label: string): boolean {
	if (typeof value === 'boolean') return value;
	if (value === 'true' || value === 'false') return value === 'true';
	throw invalidParameter(
		label,
		'must be true or false',
		'Check that the expression returns true or false.',
	);
}

/** One of the given values. */
export function asChoice<Value extends string>(
	value: unknown,
	label: string,
	values: readonly Value[],
): Value {
	const found = values.find((candidate) => candidate === value);
	if (found !== undefined) return found;
	throw invalidParameter(
		label,
		`must be one of: ${values.join(', ')}`,
		'Choose one of these values, or check the expression.',
	);
}

/** A number within the range, also if an expression returns it as text. */
export function asNumber(value: unknown, label: string, range: NumberRange): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number)) {
		throw invalidParameter(
			label,
			'is not a number',
			`Enter a number from ${range.min} to ${range.max}.`,
		);
	}
	if (number < range.min || number > range.max) {
		throw invalidParameter(
			label,
			`is ${number}, which is out of range`,
			`Enter a number from ${range.min} to ${range.max}.`,
		);
	}
	if (Number(number.toFixed(range.decimals)) !== number) {
		const limit =
			range.decimals === 0
				? 'a whole number'
				: `a number with at most ${range.decimals} decimal place${range.decimals === 1 ? '' : 's'}`;
		throw invalidParameter(
			label,
			`is ${number}, which has too many decimal places`,
			`Enter ${limit}, from ${range.min} to ${range.max}.`,
		);
	}
	return number;
}
