import type { INodeProperties } from 'n8n-workflow';

import { optionsProperty } from '../shared/options';
import { outputFieldProperty, simplifyProperty } from '../shared/outputs';
import { showFor } from '../shared/showFor';
import { speechProperties } from '../shared/speech';

// What depends on a source is not `required`: with an expression as the source, n8n shows all of
// these fields and would ask for each. The node itself says which one is missing.
const imageProperties: INodeProperties[] = [
	{
		displayName: 'Image Source',
		name: 'imageSource',
		type: 'options',
		options: [
			{ name: 'Base64', value: 'base64', description: 'The image as base64 text' },
			{ name: 'Binary Field', value: 'binary', description: 'A file that an earlier node put out' },
			{ name: 'URL', value: 'url', description: 'A public link to the image' },
		],
		default: 'url',
		description: 'Where the image of the face comes from',
	},
	{
		displayName: 'Image URL',
		name: 'imageUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/face.png',
		description:
			'Public link to a JPG or PNG with one face: up to 10 MB, at least 300 pixels a side, ratio from 1:2.5 to 2.5:1',
		displayOptions: { show: { imageSource: ['url'] } },
	},
	{
		displayName: 'Image Input Binary Field',
		name: 'imageBinaryPropertyName',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input binary field containing the image',
		description:
			'JPG or PNG with one face: up to 10 MB, at least 300 pixels a side, ratio from 1:2.5 to 2.5:1',
		displayOptions: { show: { imageSource: ['binary'] } },
	},
	{
		displayName: 'Image Base64',
		name: 'imageBase64',
		type: 'string',
		default: '',
		placeholder: 'e.g. iVBORw0KGgoAAAANSUhEUg…',
		description: 'The JPG or PNG as base64 text; a data: prefix is taken off',
		displayOptions: { show: { imageSource: ['base64'] } },
	},
];

const audioProperties: INodeProperties[] = [
	{
		displayName: 'Audio Source',
		name: 'audioSource',
		type: 'options',
		options: [
			{
				name: 'Audio ID',
				value: 'audioId',
				description: 'Speech that Kling TTS made, for example by Generate Speech',
			},
			{ name: 'Base64', value: 'base64', description: 'The audio as base64 text' },
			{ name: 'Binary Field', value: 'binary', description: 'A file that an earlier node put out' },
			{
				name: 'Text',
				value: 'text',
				description: 'A text that Kling TTS speaks first; its price is added',
			},
			{ name: 'URL', value: 'url', description: 'A public link to the audio' },
		],
		default: 'audioId',
		description: 'Where the voice comes from',
	},
	{
		displayName: 'Audio ID',
		name: 'audioId',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.audio_id }}',
		hint: 'From Generate Speech; or set Audio Source to Text',
		description: 'ID from Kling TTS, made in the last 30 days, 2 to 60 seconds long',
		displayOptions: { show: { audioSource: ['audioId'] } },
	},
	...speechProperties.map((property) => ({
		...property,
		...(property.name === 'text' && {
			hint: 'Kling TTS speaks it first, which has a price of its own',
		}),
		required: false,
		displayOptions: { show: { audioSource: ['text'] } },
	})),
	{
		displayName: 'Audio Input Binary Field',
		name: 'audioBinaryPropertyName',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input binary field containing the audio',
		description: 'MP3, WAV, M4A or AAC: up to 5 MB, 2 to 60 seconds. Longer audio may fail.',
		displayOptions: { show: { audioSource: ['binary'] } },
	},
	{
		displayName: 'Audio URL',
		name: 'audioUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/voice.mp3',
		description:
			'Public link to an MP3, WAV, M4A or AAC: up to 5 MB, 2 to 60 seconds. Longer audio may fail.',
		displayOptions: { show: { audioSource: ['url'] } },
	},
	{
		displayName: 'Audio Base64',
		name: 'audioBase64',
		type: 'string',
		default: '',
		placeholder: 'e.g. SUQzBAAAAAAAI1RTU0UAAAA…',
		description: 'The MP3, WAV, M4A or AAC as base64 text; a data: prefix is taken off',
		displayOptions: { show: { audioSource: ['base64'] } },
	},
];

/** The parameters of *Create avatar video*. */
export const createAvatarProperties: INodeProperties[] = showFor('avatar', 'create', [
	...imageProperties,
	...audioProperties,
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. She smiles and nods while she speaks',
		description:
			'How the person moves and looks, up to 2,500 characters. If empty, a neutral prompt is sent, since the API wants one.',
	},
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		options: [
			{ name: 'Pro', value: 'pro', description: 'Better picture at about twice the price' },
			{ name: 'Standard', value: 'std', description: 'The cheaper mode' },
		],
		default: 'std',
		hint: 'Paid by the second; Pro costs about twice as much',
		description: 'The quality of the video',
	},
	{
		displayName: 'Wait for Completion',
		name: 'waitForCompletion',
		type: 'boolean',
		default: true,
		description:
			'Whether to wait until the video is done. If off, the task is put out at once, and Get Task fetches the video later.',
	},
	{
		displayName: 'Download Video',
		name: 'downloadVideo',
		type: 'boolean',
		default: true,
		description: 'Whether to put out the video as a file. Links are cleared after 30 days.',
		displayOptions: { show: { waitForCompletion: [true] } },
	},
	outputFieldProperty({ waitForCompletion: [true], downloadVideo: [true] }),
	simplifyProperty,
	optionsProperty([
		'callbackUrl',
		'externalTaskId',
		'fileName',
		'maxConcurrentTasks',
		'maxWaitSeconds',
		'onTaskFailure',
		'pollIntervalSeconds',
		'validateMedia',
		'waitStrategy',
	]),
]);
