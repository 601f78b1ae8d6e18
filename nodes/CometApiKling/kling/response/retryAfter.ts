/**
 * Reads `Retry-After`, which is either seconds or a date (RFC 9110, 10.2.3).
 *
 * A date is compared with the response's own `Date`, because the clock of this computer may be
 * wrong.
 *
 * @param now Unix milliseconds on this computer, for a response without a `Date`
 * @returns milliseconds, at least 0; `undefined` if the header is missing or unreadable
 */
export function readRetryAfter(
	header: string | undefined,
	date: string | undefined,
	now: number,
): number | undefined {
	if (header === undefined) return undefined;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const sentAt = Date.parse(date ?? '');
	const pauseMs = Date.parse(header) - (Number.isNaN(sentAt) ? now : sentAt);
	return Number.isNaN(pauseMs) ? undefined : Math.max(0, pauseMs);
}
