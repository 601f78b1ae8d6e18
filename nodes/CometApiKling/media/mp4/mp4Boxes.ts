/**
 * A part of an MP4 file: its type, and the start and end of its content (ISO/IEC 14496-12, 4.2).
 */
export interface Box {
	type: string;
	start: number;
	end: number;
	/** How many bytes of the box lie beyond the end of the file. */
	missingBytes: number;
}

const HEADER_BYTES = 8;
const LARGE_HEADER_BYTES = 16;

/** These values stand for "the size follows in 64 bits" and "to the end of the file". */
const LARGE_SIZE = 1;
const SIZE_TO_END = 0;

/**
 * The maximum number of boxes at one level; five minutes in fragments of one frame each have fewer.
 */
const MAX_BOXES = 100_000;

/** The boxes at one level. Damage ends the list; nothing outside of `from` and `to` is read. */
export function boxesIn(file: Buffer, from: number, to: number): Box[] {
	const boxes: Box[] = [];
	let offset = from;
	while (offset + HEADER_BYTES <= to && boxes.length < MAX_BOXES) {
		const type = file.toString('latin1', offset + 4, offset + 8);
		let size = file.readUInt32BE(offset);
		let headerBytes = HEADER_BYTES;
		if (size === LARGE_SIZE) {
			if (offset + LARGE_HEADER_BYTES > to) break;
			size = Number(file.readBigUInt64BE(offset + HEADER_BYTES));
			headerBytes = LARGE_HEADER_BYTES;
		} else if (size === SIZE_TO_END) {
			size = to - offset;
		}
		if (size < headerBytes) break;
		const end = offset + size;
		const missingBytes = Math.max(0, end - to);
		boxes.push({ type, start: offset + headerBytes, end: end - missingBytes, missingBytes });
		offset = end;
	}
	return boxes;
}

/** The boxes of a type that are direct children of another box. */
export function childrenOf(file: Buffer, parent: Box, type: string): Box[] {
	return boxesIn(file, parent.start, parent.end).filter((box) => box.type === type);
}

/** The first box at the end of a path of types, such as `mdia`, `minf`. */
export function findBox(file: Buffer, parent: Box, ...path: string[]): Box | undefined {
	let found: Box | undefined = parent;
	for (const type of path) {
		if (!found) return undefined;
		found = childrenOf(file, found, type)[0];
	}
	return found;
}

/** A 32-bit number at an offset in a box's content; `undefined` if the box is too short. */
export function uint32In(file: Buffer, box: Box, offset: number): number | undefined {
	const at = box.start + offset;
	return at + 4 <= box.end ? file.readUInt32BE(at) : undefined;
}

/** Four characters at an offset in a box's content. */
export function textIn(file: Buffer, box: Box, offset: number): string {
	const at = box.start + offset;
	return at + 4 <= box.end ? file.toString('latin1', at, at + 4) : '';
}

/** The three bytes of flags after the version of a "full box" (14496-12, 4.2). */
export function flagsOf(file: Buffer, box: Box): number {
	return (uint32In(file, box, 0) ?? 0) & 0xffffff;
}
