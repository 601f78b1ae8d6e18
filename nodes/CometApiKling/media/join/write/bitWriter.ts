/** Collects bits; the first one becomes the highest bit of the first byte. */
export class BitWriter {
	private bits = '';

	/** Adds a number with a fixed width. */
	fixed(value: number, width: number): this {
		this.bits += value.toString(2).padStart(width, '0');
		return this;
	}

	/** Adds unsigned numbers in Exp-Golomb code, `ue(v)` of H.264 (9.1). */
	golomb(...values: number[]): this {
		for (const value of values) {
			const digits = (value + 1).toString(2);
			this.bits += '0'.repeat(digits.length - 1) + digits;
		}
		return this;
	}

	/** Adds the same bits several times. */
	repeated(bits: string, times: number): this {
		this.bits += bits.repeat(times);
		return this;
	}

	/** The bytes; the last one is padded with zeros. */
	bytes(): Buffer {
		const bytes = this.bits.match(/.{1,8}/g) ?? [];
		return Buffer.from(bytes.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)));
	}
}
