/**
 * Bytes of `avcC` before the first parameter set: version, profile, level, sizes (14496-15, 5.3.3).
 */
const COUNT_OFFSET = 5;

/** The length of the size field before each unit of the stream, in bytes. */
export function unitSizeBytes(avcC: Buffer): number {
	return ((avcC[4] ?? 0) & 3) + 1;
}

/**
 * The parameter sets of H.264's `avcC` as units of the stream. Decoders that only read the first
 * sample entry (Chromium's) learn the settings of a clip from them.
 */
export function parameterSetUnits(avcC: Buffer): Buffer {
	const units: Buffer[] = [];
	let offset = COUNT_OFFSET;
	// The sequence parameter sets, whose count has five bits, precede the picture parameter sets.
	for (const mask of [0x1f, 0xff]) {
		const count = (avcC[offset++] ?? 0) & mask;
		for (let set = 0; set < count && offset + 2 <= avcC.length; set++) {
			const size = avcC.readUInt16BE(offset);
			const unit = avcC.subarray(offset + 2, offset + 2 + size);
			offset += 2 + size;
			const prefix = Buffer.alloc(unitSizeBytes(avcC));
			prefix.writeUIntBE(unit.length % 2 ** (8 * prefix.length), 0, prefix.length);
			units.push(prefix, unit);
		}
	}
	return Buffer.concat(units);
}
