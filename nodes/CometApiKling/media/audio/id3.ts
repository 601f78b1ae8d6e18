/** ID3v2 header: "ID3", version, flags, and a size of four times seven bits (id3.org, ID3v2.4, 3.1). */
const HEADER_BYTES = 10;
const FOOTER_FLAG = 0x10;

/** Files may carry several tags in a row, but not without end. */
const MAX_TAGS = 8;

/** Where the sound begins behind the ID3v2 tags; at most the length of the file. */
export function skipId3(file: Buffer): number {
	let offset = 0;
	for (
		let tag = 0;
		tag < MAX_TAGS && file.toString('latin1', offset, offset + 3) === 'ID3';
		tag++
	) {
		if (offset + HEADER_BYTES > file.length) return file.length;
		const size =
			(file.readUInt8(offset + 6) << 21) |
			(file.readUInt8(offset + 7) << 14) |
			(file.readUInt8(offset + 8) << 7) |
			file.readUInt8(offset + 9);
		const hasFooter = (file.readUInt8(offset + 5) & FOOTER_FLAG) !== 0;
		offset += HEADER_BYTES + size + (hasFooter ? HEADER_BYTES : 0);
	}
	return Math.min(offset, file.length);
}
