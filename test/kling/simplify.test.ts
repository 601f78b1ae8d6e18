import { AVATAR_ROUTE, KLING_ROUTES } from '../../nodes/CometApiKling/kling/routes';
import { hasResult, resultUrl, simplifyTask } from '../../nodes/CometApiKling/kling/task';
import { jsonResponse, taskIn } from './responses';

const TIMES = { created_at: 1773367502225, updated_at: 1773367802225 };
const ISO = { created_at: '2026-03-13T02:05:02.225Z', updated_at: '2026-03-13T02:10:02.225Z' };

const VIDEO = { id: 'v', url: 'https://f.example/v.mp4', duration: '5.1', watermark_url: 'w' };
const SPEECH = { id: 'a', url: 'https://f.example/a.mp3', duration: '3.2' };
const EFFECT = {
	id: 'e',
	url_mp3: 'https://f.example/e.mp3',
	url_wav: 'https://f.example/e.wav',
	duration_mp3: '4.1',
	duration_wav: '4.2',
};
const IMAGES = [
	{ index: 0, url: 'https://f.example/0.png' },
	{ index: 1, url: 'https://f.example/1.png' },
];

const VIDEO_FIELDS = { video_url: VIDEO.url, video_id: 'v', video_duration: 5.1 };
const SPEECH_FIELDS = { audio_url: SPEECH.url, audio_id: 'a', audio_duration: 3.2 };
const EFFECT_FIELDS = { audio_url: EFFECT.url_mp3, audio_id: 'e', audio_duration: 4.1 };
const IMAGE_FIELDS = { image_urls: IMAGES.map(({ url }) => url) };

/**
 * The results of each kind of task (docs/maintainers/service-notes.md#tasks), and their simplified
 * form.
 */
const RESULTS: Record<string, { result: object; fields: object; url: string }> = {
	video: { result: { videos: [VIDEO] }, fields: VIDEO_FIELDS, url: VIDEO.url },
	image: { result: { images: IMAGES }, fields: IMAGE_FIELDS, url: IMAGES[0]?.url ?? '' },
	audio: { result: { audios: [EFFECT] }, fields: EFFECT_FIELDS, url: EFFECT.url_mp3 },
	tts: { result: { audios: [SPEECH] }, fields: SPEECH_FIELDS, url: SPEECH.url },
};

test.each(KLING_ROUTES)('a finished task: $type', (route) => {
	const { type } = route;
	const expected = RESULTS[type === 'tts' ? 'tts' : route.family];
	if (!expected) throw new Error('There is no such family.');
	const data = { task_id: '1', task_status: 'succeed', task_result: expected.result, ...TIMES };
	const task = taskIn(jsonResponse({ code: 0, data }));
	expect(simplifyTask(task, route)).toStrictEqual({
		task_id: '1',
		task_type: type,
		task_status: 'succeed',
		...expected.fields,
		...ISO,
	});
	expect(resultUrl(task, route.family)).toBe(expected.url);
	expect(hasResult(task, route.family)).toBe(true);
});

test('a running task has only the known fields', () => {
	const data = { task_id: '1', task_status: 'submitted', task_info: {}, ...TIMES };
	expect(simplifyTask(taskIn(jsonResponse({ code: 0, data })), AVATAR_ROUTE)).toStrictEqual({
		task_id: '1',
		task_type: 'avatar',
		task_status: 'submitted',
		...ISO,
	});
});

test('a failed task contains the reason and the price', () => {
	const data = {
		task_id: '1',
		task_status: 'failed',
		task_status_msg: 'no face found',
		task_info: { external_task_id: 'episode' },
		final_unit_deduction: '0',
		task_result: {},
	};
	expect(simplifyTask(taskIn(jsonResponse({ code: 0, data })), AVATAR_ROUTE)).toStrictEqual({
		task_id: '1',
		task_type: 'avatar',
		task_status: 'failed',
		task_status_msg: 'no face found',
		external_task_id: 'episode',
		final_unit_deduction: '0',
	});
});

const avatarOf = (task: object) =>
	simplifyTask(
		taskIn(jsonResponse({ code: 0, data: { task_id: '1', task_status: 'succeed', ...task } })),
		AVATAR_ROUTE,
	);

test.each([
	['a number', 2.5, 2.5],
	['zero', 0, 0],
	['a string', '2.5', '2.5'],
	['an empty string', '', undefined],
	['an object', {}, undefined],
])('the price as %s', (_name, written, expected) => {
	expect(avatarOf({ final_unit_deduction: written }).final_unit_deduction).toBe(expected);
});

test.each([
	['milliseconds', 1773367502225, ISO.created_at],
	['milliseconds as a string', '1773367502225', ISO.created_at],
	['nothing', null, undefined],
	['no number', 'today', undefined],
	['a time beyond all calendars', 9e15, undefined],
])('a time given as %s', (_name, written, expected) => {
	expect(avatarOf({ created_at: written }).created_at).toBe(expected);
});

test('returns the first of several results, and all images', () => {
	const videos = [VIDEO, { ...VIDEO, id: 'second' }];
	expect(avatarOf({ task_result: { videos } }).video_id).toBe('v');
	const images = [...IMAGES, { index: 2 }, 'not an object'];
	expect(avatarOf({ task_result: { images } }).image_urls).toEqual(IMAGE_FIELDS.image_urls);
	expect(avatarOf({ task_result: { images: [{ index: 0 }] } })).not.toHaveProperty('image_urls');
});

test('names the WAV if there is no MP3', () => {
	const { url_wav, duration_wav } = EFFECT;
	const fields = avatarOf({ task_result: { audios: [{ url_wav, duration_wav }] } });
	expect(fields).toMatchObject({ audio_url: EFFECT.url_wav, audio_duration: 4.2 });
	expect(fields).not.toHaveProperty('audio_id');
});

test('a result of another family, or without URL and ID, is not one', () => {
	const task = taskIn(
		jsonResponse({
			task_id: '1',
			task_status: 'succeed',
			task_result: { videos: [{}], audios: [SPEECH] },
		}),
	);
	expect(hasResult(task, 'video')).toBe(false);
	expect(resultUrl(task, 'video')).toBeUndefined();
	expect(hasResult(task, 'image')).toBe(false);
	expect(hasResult(task, 'audio')).toBe(true);
});

test('an ID is a result, although it cannot be downloaded', () => {
	const idAlone = taskIn(jsonResponse({ task_id: '1', task_result: { videos: [{ id: 'v' }] } }));
	expect(hasResult(idAlone, 'video')).toBe(true);
	expect(resultUrl(idAlone, 'video')).toBeUndefined();
});

test('the file is the first one with a URL', () => {
	const videos = [{ id: 'v' }, VIDEO, { url: 'https://f.example/later.mp4' }];
	const task = taskIn(jsonResponse({ task_id: '1', task_result: { videos } }));
	expect(resultUrl(task, 'video')).toBe(VIDEO.url);
});
