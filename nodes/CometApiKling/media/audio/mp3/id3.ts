/**
 * ID3v2 header: "ID3", version, flags, and a size in four 7-bit bytes (id3.org, ID3v2.4, 3.1).
 */
const HEADER_BYTES = 10;
const SIZE_OFFSET = 6;
const FOOTER_FLAG = 0x10;
/** The highest bit of each byte of the size is 0. */
const SIZE_BITS_PER_BYTE = 7;

/** Files may have several tags in a row; this limits how many are read. */
const MAX_TAGS = 8;

/** The offset of the sound after the ID3v2 tags; at most the length of the file. */
export function skipId3(file: Buffer): number {
	let offset = 0;
	for (let tag = 0; tag < MAX_TAGS && isId3At(file, offset); tag++) {
		if (offset + HEADER_BYTES > file.length) return file.length;
		offset += tagBytes(file, offset);
	}
	return Math.min(offset, file.length);
}

/**
 * The end of the ID3v2 tag at an offset. `undefined` if there is none, or if it claims to be longer
 * than the file, because then it is not a tag.
 */
export function id3TagEnd(file: Buffer, offset: number): number | undefined {
	if (!isId3At(file, offset) || offset + HEADER_BYTES > file.length) return undefined;
	const end = offset + tagBytes(file, offset);
	return end <= file.length ? end : undefined;
}

function isId3At(file: Buffer, offset: number): boolean {
	return file.toString('latin1', offset, offset + 3) === 'ID3';
}

function tagBytes(file: Buffer, offset: number): number {
	let size = 0;
	for (const byte of file.subarray(offset + SIZE_OFFSET, offset + HEADER_BYTES)) {
		size = (size << SIZE_BITS_PER_BYTE) | (byte & 0x7f);
	}
	const hasFooter = (file.readUInt8(offset + 5) & FOOTER_FLAG) !== 0;
	return HEADER_BYTES + size + (hasFooter ? HEADER_BYTES : 0);
}
