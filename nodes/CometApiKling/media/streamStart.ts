/** ADTS: twelve set bits, then layer 0 (ISO/IEC 13818-7, 6.2). */
export function isAdtsStart(bytes: Uint8Array): boolean {
	return bytes[0] === 0xff && bytes[1] !== undefined && (bytes[1] & 0xf6) === 0xf0;
}

/**
 * MPEG audio, layer III: eleven set bits, a known version, the layer (ISO/IEC 11172-3, 2.4.2.3).
 */
export function isMp3Start(bytes: Uint8Array): boolean {
	return mpegLayerBits(bytes) === 1;
}

/** MPEG audio, layer II. */
export function isMp2Start(bytes: Uint8Array): boolean {
	return mpegLayerBits(bytes) === 2;
}

/** The two bits for the layer, counted down from 3; 0 if it is not MPEG audio. */
function mpegLayerBits(bytes: Uint8Array): number {
	const second = bytes[1];
	if (bytes[0] !== 0xff || second === undefined) return 0;
	const hasKnownVersion = (second & 0x18) !== 0x08;
	return (second & 0xe0) === 0xe0 && hasKnownVersion ? (second >> 1) & 0x03 : 0;
}
