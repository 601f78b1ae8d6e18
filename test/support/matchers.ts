/** Jest's own matchers have the type `any`, which would disable type checks around them. */
export function like(pattern: RegExp): unknown {
	return expect.stringMatching(pattern);
}

export function anyNumber(): unknown {
	return expect.any(Number);
}
