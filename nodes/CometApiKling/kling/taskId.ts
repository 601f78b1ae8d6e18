/**
 * Characters that occur in the IDs of Kling, gateways and users, and that have no special meaning
 * in a URL path.
 */
const ALLOWED = /^[A-Za-z0-9._~:@=+!,$-]{1,255}$/;

/**
 * Without a letter or digit, an ID would be a path segment such as `..`, or nothing but
 * punctuation.
 */
const LETTER_OR_DIGIT = /[A-Za-z0-9]/;

/**
 * Whether a text can be a task ID or an external task ID, and so become part of a path. It rejects
 * everything that leads to another route: `.`, `..`, slashes, percent signs, an empty text.
 */
export function isTaskId(text: string): boolean {
	return ALLOWED.test(text) && LETTER_OR_DIGIT.test(text);
}
