import { numberOf } from '../json';

/** Unix times below this value are seconds: as milliseconds they would be before March 1973. */
const SECONDS_BELOW = 100_000_000_000;

const SECOND_MS = 1000;

/** A date with a time, whose zone may be missing (RFC 3339, and the same with a space). */
const ISO_TIME =
	/^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads a time in any format that gateways use
 * (docs/maintainers/service-notes.md#create-an-avatar-task): Unix seconds or milliseconds, as a
 * number or as digits in a string, or ISO 8601. Without a time zone, UTC is assumed.
 *
 * @returns Unix milliseconds; `undefined` if the value is not a time, or is zero, which means unset
 */
export function readTime(value: unknown): number | undefined {
	const number = numberOf(value);
	const milliseconds =
		number === undefined
			? readIsoTime(value)
			: Math.abs(number) < SECONDS_BELOW
				? number * SECOND_MS
				: number;
	if (milliseconds === undefined || milliseconds <= 0) return undefined;
	return Number.isNaN(new Date(milliseconds).getTime()) ? undefined : milliseconds;
}

function readIsoTime(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;
	const [, date, time, zone] = ISO_TIME.exec(value.trim()) ?? [];
	if (date === undefined || time === undefined) return undefined;
	return Date.parse(`${date}T${time}${(zone ?? 'Z').toUpperCase()}`);
}
