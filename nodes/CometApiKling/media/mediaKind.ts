/** What a file is. */
export interface MediaKind {
	mimeType: string;
	extension: string;
	family: 'video' | 'audio' | 'image' | 'other';
	/** The name of the kind for users. */
	name: string;
}

/** Creates a kind from its MIME type, its usual extension, its family, and its name for users. */
export function mediaKind(
	mimeType: string,
	extension: string,
	family: MediaKind['family'],
	name: string,
): MediaKind {
	return { mimeType, extension, family, name };
}
