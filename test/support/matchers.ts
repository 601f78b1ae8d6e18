/** Jest's own matchers have the type `any`, which would switch the checks of types off around them. */
export function like(pattern: RegExp): unknown {
	return expect.stringMatching(pattern);
}

export function anyNumber(): unknown {
	return expect.any(Number);
}
