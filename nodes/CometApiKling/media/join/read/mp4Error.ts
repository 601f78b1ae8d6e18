/** A clip that cannot be read or joined. The message is a full sentence for the user. */
export class Mp4Error extends Error {
	override readonly name = 'Mp4Error';

	/** @param clipIndex the clip's place in the list, from 0, if it is known */
	constructor(
		message: string,
		readonly clipIndex?: number,
	) {
		super(message);
	}
}

/** The error for a file that ends before its boxes or its media data do. */
export function incompleteFile(): Mp4Error {
	return new Mp4Error('The MP4 file is incomplete: it ends before its data does.');
}

/** The error for headers that contradict each other. `what` is the part, such as `sample table`. */
export function damagedFile(what: string): Mp4Error {
	return new Mp4Error(`The MP4 file is damaged: its ${what} cannot be read.`);
}
