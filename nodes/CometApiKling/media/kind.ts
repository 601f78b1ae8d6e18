import { isoMediaKindOf } from './isoMediaKind';
import { SIGNATURES } from './kindSignatures';
import { textKindOf } from './kindText';
import type { MediaKind } from './mediaKind';

/** This many bytes from the start are enough to identify any kind. */
const KIND_BYTES = 512;

/** The kind of a file, judged by its first bytes alone; `undefined` if it is not a known kind. */
export function kindOf(bytes: Uint8Array): MediaKind | undefined {
	const start = Buffer.from(bytes.subarray(0, KIND_BYTES));
	const text = start.toString('latin1');
	return (
		isoMediaKindOf(start, text) ??
		SIGNATURES.find(({ matches }) => matches(start, text))?.kind ??
		textKindOf(start)
	);
}
