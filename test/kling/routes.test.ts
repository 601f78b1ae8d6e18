import {
	AVATAR_ROUTE,
	customRoute,
	KLING_ROUTES,
	SPEECH_ROUTE,
} from '../../nodes/CometApiKling/kling/routes';

/**
 * docs/maintainers/service-notes.md#tasks: the paths under /kling/v1, by the kind of their results.
 */
const PATHS = {
	video: [
		'videos/text2video',
		'videos/image2video',
		'videos/multi-image2video',
		'videos/omni-video',
		'videos/lip-sync',
		'videos/advanced-lip-sync',
		'videos/effects',
		'videos/video-extend',
		'videos/multi-elements',
		'videos/avatar/image2video',
	],
	image: ['images/generations', 'images/kolors-virtual-try-on', 'images/editing/expand'],
	audio: ['audio/tts', 'audio/text-to-audio', 'audio/video-to-audio'],
};

test.each(Object.entries(PATHS))('has all routes of the family %s', (family, paths) => {
	const listed = KLING_ROUTES.filter((route) => route.family === family);
	expect(listed.map((route) => route.path).sort()).toEqual([...paths].sort());
});

test('types and labels are unique and in the order of the labels', () => {
	const types = KLING_ROUTES.map((route) => route.type);
	const labels = KLING_ROUTES.map((route) => route.label);
	expect(new Set(types).size).toBe(types.length);
	expect(labels).toEqual([...new Set(labels)].sort((one, other) => one.localeCompare(other)));
});

test('has the two routes that create tasks', () => {
	expect(AVATAR_ROUTE).toMatchObject({ type: 'avatar', path: 'videos/avatar/image2video' });
	expect(SPEECH_ROUTE).toMatchObject({ type: 'tts', path: 'audio/tts' });
});

test.each([
	['videos/new-kind', 'videos/new-kind', 'video'],
	['images/omni-image', 'images/omni-image', 'image'],
	['audio/voice_2', 'audio/voice_2', 'audio'],
	['/kling/v1/videos/new/', 'videos/new', 'video'],
	[' //kling/v1/audio/x// ', 'audio/x', 'audio'],
	['motion-control', 'motion-control', 'video'],
	['a/b/c/d/e', 'a/b/c/d/e', 'video'],
])('reads the custom path "%s"', (text, path, family) => {
	expect(customRoute(text)).toEqual({ type: 'custom', label: 'Custom', path, family });
});

test.each([
	'',
	'/',
	'..',
	'../../v1/models',
	'videos//x',
	'videos/../x',
	'Videos/x',
	'videos/x?y=1',
	'videos/x#y',
	'videos/-x',
	'https://example.com',
	'a/b/c/d/e/f',
	'videos/ü',
	'videos\\x',
	'videos/%2e%2e',
])('"%s" is not a valid Kling path', (text) => {
	expect(customRoute(text)).toBeUndefined();
});
