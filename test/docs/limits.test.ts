import { MEDIA_LIMITS } from '../../nodes/CometApiKling/media/limits';
import { MAX_LONG_TEXT_CHARACTERS } from '../../nodes/CometApiKling/talk/splitText';
import { readDocument, tablesUnder } from './markdown';

const [table] = tablesUnder(readDocument('docs/reference.md'), 'Limits');

function limitOf(what: string): string {
	return table?.rows.find(([name]) => name === what)?.[1] ?? '';
}

function megabytes(bytes: number): string {
	return `${bytes / (1024 * 1024)} MB`;
}

test('the file limits in the reference match those of the check', () => {
	const { imageMaxBytes, imageMinSidePixels, imageMaxRatio } = MEDIA_LIMITS;
	const image = limitOf('Image');
	expect(image).toContain(`up to ${megabytes(imageMaxBytes)}`);
	expect(image).toContain(`at least ${imageMinSidePixels} pixels`);
	expect(image).toContain(`from 1:${imageMaxRatio} to ${imageMaxRatio}:1`);

	const { audioMaxBytes, audioMinSeconds, audioMaxSeconds, audioSafeSeconds } = MEDIA_LIMITS;
	const audio = limitOf('Audio');
	expect(audio).toContain(`up to ${megabytes(audioMaxBytes)}`);
	expect(audio).toContain(`${audioMinSeconds} to ${audioMaxSeconds} seconds`);
	expect(audio).toContain(`more than ${audioSafeSeconds} may fail`);
});

test('the limit for long text in the reference matches that of the check', () => {
	expect(limitOf('Text')).toContain(`${MAX_LONG_TEXT_CHARACTERS.toLocaleString('en-US')} with`);
});
