/** The size of an image in pixels. */
export interface ImageSize {
	width: number;
	height: number;
}

/** What a reader learned about an image. */
export type ImageReading =
	| ImageSize
	/** The file ends before the image does. */
	| 'cut'
	/** A checksum is wrong, or a part that every image needs is missing. */
	| 'damaged'
	/** A PNG in the form that Xcode packs into apps; other programs cannot read it. */
	| 'appleOnly'
	| 'unreadable';
