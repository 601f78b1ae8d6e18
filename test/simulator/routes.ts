/** The kind of result of a task. */
export type Family = 'videos' | 'images' | 'audios';

export const AVATAR_PATH = 'videos/avatar/image2video';
export const SPEECH_PATH = 'audio/tts';

/**
 * Paths below /kling/v1/ that the service knows, by the kind of their results
 * (docs/maintainers/service-notes.md#tasks). Separate from the node's own list, so that tests
 * detect a wrong path in either of them.
 */
const PATHS: Record<Family, readonly string[]> = {
	videos: [
		AVATAR_PATH,
		'videos/text2video',
		'videos/image2video',
		'videos/multi-image2video',
		'videos/omni-video',
		'videos/lip-sync',
		'videos/advanced-lip-sync',
		'videos/effects',
		'videos/video-extend',
		'videos/multi-elements',
	],
	images: ['images/generations', 'images/kolors-virtual-try-on', 'images/editing/expand'],
	audios: [SPEECH_PATH, 'audio/text-to-audio', 'audio/video-to-audio'],
};

/** A path of the service and the ID after it in the URL. */
export interface Route {
	path: string;
	family: Family;
	/** The task ID or external ID of a query; empty for a create. */
	id: string;
}

/** Finds the route of a path such as `/kling/v1/audio/tts/123`; `undefined` for any other page. */
export function routeOf(address: string): Route | undefined {
	const inner = /^\/kling\/v1\/(.+)$/.exec(address)?.[1];
	if (inner === undefined) return undefined;
	for (const family of ['videos', 'images', 'audios'] as const) {
		for (const path of PATHS[family]) {
			if (inner === path) return { path, family, id: '' };
			if (inner.startsWith(`${path}/`))
				return { path, family, id: decoded(inner.slice(path.length + 1)) };
		}
	}
	return undefined;
}

/** The kind of result of a path; videos if the service does not know the path. */
export function familyOf(path: string): Family {
	return routeOf(`/kling/v1/${path}`)?.family ?? 'videos';
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
