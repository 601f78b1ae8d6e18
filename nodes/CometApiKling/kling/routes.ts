/** The kind of result that a finished task has. */
export type ResultFamily = 'video' | 'image' | 'audio';

export interface KlingRoute {
	/** The value of *Task Type*, and `task_type` in the output. */
	type: string;
	/** The label in the editor. */
	label: string;
	/**
	 * Path below `/kling/v1/`. It is the same for the POST request and, followed by the task ID, for
	 * the GET request.
	 */
	path: string;
	family: ResultFamily;
}

export const AVATAR_ROUTE = route('avatar', 'Avatar Video', 'videos/avatar/image2video', 'video');
export const SPEECH_ROUTE = route('tts', 'Text to Speech', 'audio/tts', 'audio');

/**
 * All Kling routes that CometAPI lists (docs/maintainers/service-notes.md#tasks), in the order in
 * which the editor shows them.
 */
export const KLING_ROUTES: readonly KlingRoute[] = [
	route('advanced-lip-sync', 'Advanced Lip Sync', 'videos/advanced-lip-sync', 'video'),
	AVATAR_ROUTE,
	route('editing-expand', 'Image Expansion', 'images/editing/expand', 'image'),
	route('generations', 'Image Generation', 'images/generations', 'image'),
	route('image2video', 'Image to Video', 'videos/image2video', 'video'),
	route('lip-sync', 'Lip Sync', 'videos/lip-sync', 'video'),
	route('multi-elements', 'Multi-Elements Video', 'videos/multi-elements', 'video'),
	route('multi-image2video', 'Multi-Image to Video', 'videos/multi-image2video', 'video'),
	route('omni-video', 'Omni Video', 'videos/omni-video', 'video'),
	route('text-to-audio', 'Text to Audio', 'audio/text-to-audio', 'audio'),
	SPEECH_ROUTE,
	route('text2video', 'Text to Video', 'videos/text2video', 'video'),
	route('effects', 'Video Effects', 'videos/effects', 'video'),
	route('video-extend', 'Video Extension', 'videos/video-extend', 'video'),
	route('video-to-audio', 'Video to Audio', 'audio/video-to-audio', 'audio'),
	route('kolors-virtual-try-on', 'Virtual Try-On', 'images/kolors-virtual-try-on', 'image'),
];

/** Path segments that Kling uses: lowercase letters, digits, hyphens and underscores. */
const CUSTOM_PATH = /^[a-z0-9][a-z0-9_-]*(\/[a-z0-9][a-z0-9_-]*){0,4}$/;

/**
 * The route of a path that the user typed, with or without `/kling/v1/` before it. The first
 * segment indicates the kind of result.
 *
 * @returns `undefined` if the text is not a valid Kling path
 */
export function customRoute(text: string): KlingRoute | undefined {
	const path = text
		.trim()
		.replace(/^\/+/, '')
		.replace(/^kling\/v1\//, '')
		.replace(/\/+$/, '');
	if (!CUSTOM_PATH.test(path)) return undefined;
	const family = path.startsWith('images/')
		? 'image'
		: path.startsWith('audio/')
			? 'audio'
			: 'video';
	return route('custom', 'Custom', path, family);
}

function route(type: string, label: string, path: string, family: ResultFamily): KlingRoute {
	return { type, label, path, family };
}
