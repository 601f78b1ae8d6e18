import fc from 'fast-check';

/**
 * Any text that JavaScript can represent, including halves of surrogate pairs. fast-check's own
 * texts of that kind take seconds to set up, since they go through all of Unicode.
 */
export function anyText(maxLength: number): fc.Arbitrary<string> {
	const units = fc.uint16Array({ maxLength });
	const anywhere = units.map((codes) => String.fromCharCode(...codes));
	return fc.oneof(fc.string({ maxLength }), anywhere);
}
