import fc from 'fast-check';

/**
 * Any string that JavaScript can represent, including lone surrogates. fast-check's own generator
 * of such strings takes seconds to set up, since it goes through all of Unicode.
 */
export function anyText(maxLength: number): fc.Arbitrary<string> {
	const units = fc.uint16Array({ maxLength });
	const anywhere = units.map((codes) => String.fromCharCode(...codes));
	return fc.oneof(fc.string({ maxLength }), anywhere);
}
