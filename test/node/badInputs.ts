import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { fileField } from '../harness';
import type { MediaSamples } from './mediaSamples';

/** Parameters, or an item, that must be rejected before anything is paid for. */
export interface BadInput {
	what: string;
	/** As the editor shows it; the message must name it. */
	parameter: string;
	/** The parameters that replace valid ones of the operation. */
	parameters: INodeParameters;
	/** Must match the advice or the message. */
	says: RegExp;
	item?: INodeExecutionData;
}

/** n8n itself rejects an empty field, but an expression may still return nothing. */
const NOTHING = '={{ "" }}';

const LONG = 'a'.repeat(5000);

/** Invalid image parameters. */
export const BAD_IMAGE_PARAMETERS: BadInput[] = [
	invalidParameter('no image URL', 'Image URL', { imageUrl: NOTHING }, /is empty.*Enter a value/),
	invalidParameter('a blank image URL', 'Image URL', { imageUrl: '   ' }, /is empty/),
	invalidParameter(
		'an image URL from a missing field',
		'Image URL',
		{ imageUrl: '={{ $json.nothing }}' },
		/is empty/,
	),
	invalidParameter(
		'an image URL that is an object',
		'Image URL',
		{ imageUrl: '={{ $json }}' },
		/is not text/,
	),
	invalidParameter(
		'an image URL without a scheme',
		'Image URL',
		{ imageUrl: 'example.com/face.png' },
		/is not a URL.*https:/,
	),
	invalidParameter('an image URL with words', 'Image URL', { imageUrl: 'my face' }, /is not a URL/),
	invalidParameter(
		'an FTP link',
		'Image URL',
		{ imageUrl: 'ftp://example.com/face.png' },
		/starts with ftp:.*https:/,
	),
	invalidParameter(
		'a file link',
		'Image URL',
		{ imageUrl: 'file:///etc/passwd' },
		/starts with file:/,
	),
	invalidParameter(
		'a data: URL as the image URL',
		'Image URL',
		{ imageUrl: 'data:image/png;base64,iVBORw0KGgo=' },
		/contains a file instead.*Base64/,
	),
	invalidParameter(
		'an image URL that is too long',
		'Image URL',
		{ imageUrl: `https://example.com/${LONG}` },
		/longer than 4000/,
	),
	invalidParameter(
		'an unknown image source',
		'Image Source',
		{ imageSource: 'ftp' },
		/must be one of: url, binary, base64/,
	),
	invalidParameter(
		'an image source from a broken expression',
		'Image Source',
		{ imageSource: '={{ $json.source }}' },
		/must be one of: url/,
	),
	invalidParameter(
		'no image field name',
		'Image Input Binary Field',
		{ imageSource: 'binary', imageBinaryPropertyName: NOTHING },
		/is empty/,
	),
	invalidParameter(
		'an item without files',
		'Image Input Binary Field',
		{ imageSource: 'binary' },
		/does not contain a file.*has no binary fields/,
	),
	invalidParameter(
		'an empty base64 image',
		'Image Base64',
		{ imageSource: 'base64', imageBase64: NOTHING },
		/is not valid base64.*empty/,
	),
	invalidParameter(
		'base64 with an invalid character',
		'Image Base64',
		{ imageSource: 'base64', imageBase64: 'abc*def=' },
		/the character "\*"/,
	),
	invalidParameter(
		'truncated base64',
		'Image Base64',
		{ imageSource: 'base64', imageBase64: 'abcde' },
		/is truncated/,
	),
	invalidParameter(
		'a data: URL that is not base64',
		'Image Base64',
		{ imageSource: 'base64', imageBase64: 'data:image/svg+xml,<svg/>' },
		/not base64/,
	),
	invalidParameter(
		'base64 that is not an image',
		'Image Base64',
		{ imageSource: 'base64', imageBase64: 'aGVsbG8gd29ybGQ=' },
		/cannot be used.*plain text/,
	),
];

/** Invalid voice parameters. */
export const BAD_VOICE_PARAMETERS: BadInput[] = [
	invalidParameter(
		'an unknown audio source',
		'Audio Source',
		{ audioSource: 'phone' },
		/must be one of: text, audioId/,
	),
	invalidParameter(
		'no audio ID',
		'Audio ID',
		{ audioSource: 'audioId', audioId: NOTHING },
		/is empty/,
	),
	invalidParameter(
		'a link as the audio ID',
		'Audio ID',
		{ audioSource: 'audioId', audioId: 'https://example.com/voice.mp3' },
		/is not a valid audio ID.*a different 'Audio Source'/,
	),
	invalidParameter('no text', 'Text', { audioSource: 'text', text: NOTHING }, /is empty/),
	invalidParameter(
		'a text with an unresolved expression',
		'Text',
		{ audioSource: 'text', text: 'Hello {{ $json.name }}!' },
		/unresolved text "\{\{ \$json.name \}\}".*Switch the field to Expression/,
	),
	invalidParameter(
		'a text with nothing but whitespace',
		'Text',
		{ audioSource: 'text', text: ' \n ' },
		/is empty/,
	),
	invalidParameter(
		'a text with nothing but punctuation',
		'Text',
		{ audioSource: 'text', text: '... !!!' },
		/no letters or digits/,
	),
	invalidParameter(
		'a text of 1001 characters',
		'Text',
		{ audioSource: 'text', text: 'a'.repeat(1001) },
		/1001 characters.*limit is 1000.*Split and Join/,
	),
	invalidParameter(
		'a text that is an array',
		'Text',
		{ audioSource: 'text', text: '={{ [1, 2] }}' },
		/is not text/,
	),
	invalidParameter('no voice', 'Voice', speech({ voice: NOTHING }), /is empty/),
	invalidParameter(
		'a voice with spaces',
		'Voice',
		speech({ voice: 'en:calm story' }),
		/is not a valid voice ID/,
	),
	invalidParameter(
		'a voice in an unknown language',
		'Voice',
		speech({ voice: 'fr:calm_story1' }),
		/is not a valid voice ID.*en: or zh:/,
	),
	invalidParameter(
		'a voice in the other language',
		'Voice',
		speech({ voice: 'zh:calm_story1' }),
		/does not speak Chinese.*en:calm_story1/,
	),
	invalidParameter(
		'a Chinese voice by its ID alone',
		'Voice',
		speech({ voice: 'mengwa-v1' }),
		/does not speak English.*zh:mengwa-v1/,
	),
	invalidParameter(
		'a voice that is too slow',
		'Voice Speed',
		{ ...speech({}), voiceSpeed: 0.7 },
		/out of range.*0.8 to 2/,
	),
	invalidParameter(
		'a voice that is too fast',
		'Voice Speed',
		{ ...speech({}), voiceSpeed: 2.1 },
		/out of range/,
	),
	invalidParameter(
		'a speed with two decimals',
		'Voice Speed',
		{ ...speech({}), voiceSpeed: 1.25 },
		/too many decimal places/,
	),
	invalidParameter(
		'a speed that is not a number',
		'Voice Speed',
		{ ...speech({}), voiceSpeed: '={{ "fast" }}' },
		/is not a number/,
	),
	invalidParameter(
		'no audio URL',
		'Audio URL',
		{ audioSource: 'url', audioUrl: NOTHING },
		/is empty/,
	),
	invalidParameter(
		'an audio URL without a scheme',
		'Audio URL',
		{ audioSource: 'url', audioUrl: '//example.com/a.mp3' },
		/is not a URL/,
	),
	invalidParameter(
		'an item without audio',
		'Audio Input Binary Field',
		{ audioSource: 'binary' },
		/does not contain a file/,
	),
	invalidParameter(
		'broken base64 audio',
		'Audio Base64',
		{ audioSource: 'base64', audioBase64: '%%%%' },
		/the character "%"/,
	),
	invalidParameter(
		'base64 that is not audio',
		'Audio Base64',
		{ audioSource: 'base64', audioBase64: 'aGVsbG8gd29ybGQ=' },
		/cannot be used/,
	),
];

/** Invalid values of all other parameters. */
export const BAD_OTHER_PARAMETERS: BadInput[] = [
	invalidParameter(
		'a prompt with an object',
		'Prompt',
		{ prompt: '=Look at {{ $json.toString() }}' },
		/unresolved text "\[object Object\]".*returns an object/,
	),
	invalidParameter(
		'two links in one field',
		'Image URL',
		{ imageUrl: 'https://example.com/1.png, https://example.com/2.png' },
		/more than one URL.*one URL for each item/,
	),
	invalidParameter(
		'a link to a page of Google Drive',
		'Image URL',
		{ imageUrl: 'https://drive.google.com/file/d/1AbC/view' },
		/leads to a web page.*drive\.usercontent\.google\.com\/download\?id=1AbC/,
	),
	invalidParameter(
		'a prompt of 2501 characters',
		'Prompt',
		{ prompt: 'a'.repeat(2501) },
		/2501 characters.*at most 2500/,
	),
	invalidParameter(
		'a prompt that is an object',
		'Prompt',
		{ prompt: '={{ ({}) }}' },
		/is not text/,
	),
	invalidParameter('an unknown mode', 'Mode', { mode: 'ultra' }, /must be one of: std, pro/),
	invalidParameter('a mode in capitals', 'Mode', { mode: 'PRO' }, /must be one of: std, pro/),
	invalidParameter(
		'a flag that is a number',
		'Wait for Completion',
		{ waitForCompletion: '={{ 7 }}' },
		/must be true or false/,
	),
	invalidParameter(
		'no output field',
		'Put Output File in Field',
		{ binaryPropertyOutput: NOTHING },
		/is empty/,
	),
	invalidParameter(
		'a reserved output field',
		'Put Output File in Field',
		{ binaryPropertyOutput: '__proto__' },
		/not a valid field name/,
	),
	option(
		'an external ID with spaces',
		'External Task ID',
		{ externalTaskId: 'my task' },
		/unsupported characters.*letters/,
	),
	option(
		'an external ID with a slash',
		'External Task ID',
		{ externalTaskId: 'a/../b' },
		/unsupported characters/,
	),
	...['.', '..', '--', '_'].map((externalTaskId) =>
		option(
			`the external ID ${externalTaskId}, by which no task can be looked up`,
			'External Task ID',
			{ externalTaskId },
			/contains no letter or digit.*at least one letter or digit/,
		),
	),
	option(
		'an external ID that is too long',
		'External Task ID',
		{ externalTaskId: 'a'.repeat(129) },
		/longer than 128/,
	),
	option(
		'a callback URL without a scheme',
		'Callback URL',
		{ callbackUrl: 'n8n.example.com/hook' },
		/is not a URL/,
	),
	option(
		'a mailto: callback URL',
		'Callback URL',
		{ callbackUrl: 'mailto:me@example.com' },
		/starts with mailto:/,
	),
	option(
		'no time to wait',
		'Max Wait (Seconds)',
		{ maxWaitSeconds: 0 },
		/out of range.*1 to 86400/,
	),
	option('a wait of two days', 'Max Wait (Seconds)', { maxWaitSeconds: 172_800 }, /out of range/),
	option(
		'a wait that is not a number',
		'Max Wait (Seconds)',
		{ maxWaitSeconds: 'soon' },
		/is not a number/,
	),
	option(
		'a poll interval of zero',
		'Poll Interval (Seconds)',
		{ pollIntervalSeconds: 0 },
		/out of range/,
	),
	option(
		'a poll interval of an hour',
		'Poll Interval (Seconds)',
		{ pollIntervalSeconds: 3600 },
		/out of range/,
	),
	option('zero tasks at a time', 'Max Concurrent Tasks', { maxConcurrentTasks: 0 }, /out of range/),
	option(
		'half a task at a time',
		'Max Concurrent Tasks',
		{ maxConcurrentTasks: 1.5 },
		/too many decimal places.*whole/,
	),
	option(
		'an unknown way to handle failures',
		'On Task Failure',
		{ onTaskFailure: 'ignore' },
		/must be one of: error, output/,
	),
	option(
		'a check that is neither on nor off',
		'Validate Media',
		{ validateMedia: 'maybe' },
		/must be true or false/,
	),
	invalidParameter(
		'an unknown operation',
		'Operation',
		{ operation: 'get' },
		/not available for the resource/,
	),
	invalidParameter(
		'an unknown resource',
		'Resource',
		{ resource: 'film' },
		/must be one of: avatar/,
	),
	task('no task ID', 'Task ID', { taskId: NOTHING }, /is empty/),
	task(
		'a link as the task ID',
		'Task ID',
		{ taskId: 'https://api.cometapi.com/1' },
		/is not a valid task ID/,
	),
	task('a path as the task ID', 'Task ID', { taskId: '../models' }, /is not a valid task ID/),
	task(
		'a task ID that JSON rounded',
		'Task ID',
		{ taskId: '={{ 834567890123456789 }}' },
		/last digits were rounded/,
	),
	task('an unknown task type', 'Task Type', { taskType: 'dance' }, /is not a known task type/),
	task('no custom path', 'Custom Path', { taskType: 'custom', customPath: NOTHING }, /is empty/),
	task(
		'a custom path that leads upward',
		'Custom Path',
		{ taskType: 'custom', customPath: '../../v1/models' },
		/is not a valid Kling path/,
	),
	task(
		'a custom path with a query',
		'Custom Path',
		{ taskType: 'custom', customPath: 'videos/x?y=1' },
		/is not a valid Kling path/,
	),
];

/** Files that Kling would reject. */
export function badFiles(samples: MediaSamples): BadInput[] {
	return [
		...samples.badImages.map(({ what, bytes, says }) => ({
			...invalidParameter(what, 'Image Input Binary Field', { imageSource: 'binary' }, says),
			item: { json: {}, binary: { data: fileField(bytes, 'face.png', 'image/png') } },
		})),
		...samples.badAudios.map(({ what, bytes, says }) => ({
			...invalidParameter(what, 'Audio Input Binary Field', { audioSource: 'binary' }, says),
			item: { json: {}, binary: { data: fileField(bytes, 'voice.mp3', 'audio/mpeg') } },
		})),
	];
}

function invalidParameter(
	what: string,
	parameter: string,
	parameters: INodeParameters,
	says: RegExp,
): BadInput {
	return { what, parameter, parameters, says };
}

function option(what: string, parameter: string, options: INodeParameters, says: RegExp): BadInput {
	return invalidParameter(what, parameter, { options }, says);
}

function speech({ voice }: { voice?: string }): INodeParameters {
	return {
		audioSource: 'text',
		text: 'Enough words for a voice to say.',
		...(voice !== undefined && { voice: { __rl: true, mode: 'id', value: voice } }),
	};
}

function task(
	what: string,
	parameter: string,
	parameters: INodeParameters,
	says: RegExp,
): BadInput {
	return invalidParameter(
		what,
		parameter,
		{ resource: 'task', operation: 'get', taskId: '123', ...parameters },
		says,
	);
}
