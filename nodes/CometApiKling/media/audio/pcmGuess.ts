import type { ByteOrder } from './pcmType';

/** Shorter excerpts do not show whether they are sound. */
const MIN_BYTES = 1_000;
const MAX_BYTES = 64 * 1024;
const SAMPLE_BYTES = 2;

/**
 * Sound is smooth: in the right byte order, one sample is close to the next. In the wrong order,
 * the noisy half of each sample comes first, and the steps are many times larger.
 */
const MIN_RATIO = 4;

/**
 * Whether bytes without a header look like 16-bit PCM, and in which byte order. `undefined` for
 * noise, compressed or encrypted data, and for silence.
 */
export function guessPcmByteOrder(bytes: Uint8Array): ByteOrder | undefined {
	if (bytes.length < MIN_BYTES) return undefined;
	const excerpt = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MAX_BYTES));
	let stepsLe = 0;
	let stepsBe = 0;
	let evenBytes = 0;
	let oddBytes = 0;
	for (let next = SAMPLE_BYTES; next + SAMPLE_BYTES <= excerpt.length; next += SAMPLE_BYTES) {
		const previous = next - SAMPLE_BYTES;
		stepsLe += Math.abs(excerpt.readInt16LE(next) - excerpt.readInt16LE(previous));
		stepsBe += Math.abs(excerpt.readInt16BE(next) - excerpt.readInt16BE(previous));
		evenBytes |= excerpt.readUInt8(next);
		oddBytes |= excerpt.readUInt8(next + 1);
	}
	// Sound made from eight bits has low bytes of zero, which are smooth in the wrong order.
	if (evenBytes === 0 || oddBytes === 0) {
		if (evenBytes === oddBytes) return undefined;
		return evenBytes === 0 ? 'le' : 'be';
	}
	if (stepsLe * MIN_RATIO < stepsBe) return 'le';
	return stepsBe * MIN_RATIO < stepsLe ? 'be' : undefined;
}
