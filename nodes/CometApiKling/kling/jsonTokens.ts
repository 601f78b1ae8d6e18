/** A string or a number in a text that is known to be valid JSON. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** A number without a fraction or an exponent. */
const INTEGER = /^-?\d+$/;

/**
 * Rewrites the tokens of a valid JSON text: integers that a number cannot hold are put in quotes,
 * and strings go through `rewriteString`. Everything else stays as it is.
 */
export function rewriteTokens(json: string, rewriteString?: (string: string) => string): string {
	return json.replace(TOKEN, (token) => {
		if (!token.startsWith('"')) return isUnsafeInteger(token) ? `"${token}"` : token;
		if (!rewriteString) return token;
		const string = stringOf(token);
		const rewritten = rewriteString(string);
		return rewritten === string ? token : JSON.stringify(rewritten);
	});
}

function isUnsafeInteger(token: string): boolean {
	return INTEGER.test(token) && !Number.isSafeInteger(Number(token));
}

function stringOf(token: string): string {
	if (!token.includes('\\')) return token.slice(1, -1);
	const value: unknown = JSON.parse(token);
	return String(value);
}
