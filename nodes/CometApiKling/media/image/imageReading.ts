/** The size of an image in pixels. */
export interface ImageSize {
	width: number;
	height: number;
}

/** What a reader found out about an image. */
export type ImageReading =
	| ImageSize
	/** The file ends before the picture does. */
	| 'cut'
	/** A checksum is wrong, or a part that every image needs is missing. */
	| 'damaged'
	/** A PNG as Xcode packs it into apps: other programs cannot read it. */
	| 'appleOnly'
	| 'unreadable';
