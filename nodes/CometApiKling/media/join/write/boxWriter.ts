/** A box of an MP4 file (ISO/IEC 14496-12, 4.2). Its content must be far below 4 GB. */
export function box(type: string, ...content: Buffer[]): Buffer {
	const header = Buffer.alloc(8);
	const size = content.reduce((sum, part) => sum + part.length, header.length);
	header.writeUInt32BE(size, 0);
	header.write(type, 4, 'latin1');
	return Buffer.concat([header, ...content]);
}

/** A box with a version and flags. */
export function fullBox(type: string, flags: number, ...content: Buffer[]): Buffer {
	return box(type, uint32(flags), ...content);
}

/** 32-bit numbers; negative ones as two's complement. */
export function uint32(...values: number[]): Buffer {
	return uint32List(values);
}

/** Like `uint32`, for lists that are too long to pass as arguments. */
export function uint32List(values: number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 4);
	values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4));
	return bytes;
}

/** 16-bit numbers. */
export function uint16(...values: number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 2);
	values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
	return bytes;
}

export function text(value: string): Buffer {
	return Buffer.from(value, 'latin1');
}

/** A full box with a list: the number of entries, then their 32-bit numbers. */
export function listBox(type: string, entries: number, values: number[]): Buffer {
	return fullBox(type, 0, uint32(entries), uint32List(values));
}
