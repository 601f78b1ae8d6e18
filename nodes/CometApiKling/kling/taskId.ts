/** Characters that the IDs of Kling, of gateways and of users have, and no path or escape needs. */
const ALLOWED = /^[A-Za-z0-9._~:@=+!,$-]{1,255}$/;

/** Without one, an ID would be a path segment such as `..`, or nothing but punctuation. */
const LETTER_OR_DIGIT = /[A-Za-z0-9]/;

/**
 * Whether a text can be a task ID or an external task ID, and so be put into a path. It rejects
 * everything that leads to another route: `.`, `..`, slashes, percent signs, an empty text.
 */
export function isTaskId(text: string): boolean {
	return ALLOWED.test(text) && LETTER_OR_DIGIT.test(text);
}
