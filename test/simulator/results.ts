import { familyOf } from './routes';
import { SAMPLE_SECONDS } from './sampleMedia';

/** A length in the API's format: seconds, as text. */
export function secondsAsText(seconds: number): string {
	return seconds.toFixed(3);
}

/**
 * The default result of a task by path: samples of the media folder, in the shape of
 * docs/maintainers/service-notes.md#tasks.
 */
export function sampleResult(path: string, mediaUrl: string): Record<string, unknown> {
	const duration = secondsAsText(SAMPLE_SECONDS);
	switch (familyOf(path)) {
		case 'videos':
			return { videos: [{ id: 'video-sample', url: `${mediaUrl}/clip.mp4`, duration }] };
		case 'images':
			return {
				images: [
					{ index: 0, url: `${mediaUrl}/face.png` },
					{ index: 1, url: `${mediaUrl}/face.jpg` },
				],
			};
		case 'audios':
			return { audios: [{ id: 'audio-sample', ...sampleAudio(path, mediaUrl, duration) }] };
	}
}

/** Sound effects are returned in two formats at once, speech in one. */
function sampleAudio(path: string, mediaUrl: string, duration: string): Record<string, string> {
	if (path === 'audio/tts') return { url: `${mediaUrl}/voice.mp3`, duration };
	return {
		url_mp3: `${mediaUrl}/voice.mp3`,
		url_wav: `${mediaUrl}/voice.wav`,
		duration_mp3: duration,
		duration_wav: duration,
	};
}
