/** What a file is. */
export interface MediaKind {
	mimeType: string;
	extension: string;
	family: 'video' | 'audio' | 'image' | 'other';
	/** The name of the kind for users. */
	name: string;
}

/** Puts a kind into words: its MIME type, its usual extension, its family, and what the user calls it. */
export function mediaKind(
	mimeType: string,
	extension: string,
	family: MediaKind['family'],
	name: string,
): MediaKind {
	return { mimeType, extension, family, name };
}
