import type { INodeProperties } from 'n8n-workflow';

import { optionsProperty } from '../shared/optionProperties';
import { outputFieldProperty, simplifyProperty } from '../shared/outputs';
import { showFor } from '../shared/showFor';
import { speechProperties } from '../shared/speech';

// Fields that depend on a source are not `required`: if the source is an expression, n8n shows all
// of them and would require each one. The node itself reports which one is missing.
const imageProperties: INodeProperties[] = [
	{
		displayName: 'Image Source',
		name: 'imageSource',
		type: 'options',
		options: [
			{ name: 'Base64', value: 'base64', description: 'The image as a base64 string' },
			{ name: 'Binary Field', value: 'binary', description: 'A file from a previous node' },
			{ name: 'URL', value: 'url', description: 'A public URL of the image' },
		],
		default: 'url',
		description: 'How to provide the image of the face',
	},
	{
		displayName: 'Image URL',
		name: 'imageUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/face.png',
		description:
			'Public URL of a JPG or PNG that shows one face. Up to 10 MB, at least 300 pixels per side, aspect ratio between 1:2.5 and 2.5:1. The video gets the aspect ratio of the image: for 9:16, 1:1 or 16:9, crop the image first.',
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
			'JPG or PNG that shows one face. Up to 10 MB, at least 300 pixels per side, aspect ratio between 1:2.5 and 2.5:1. The video gets the aspect ratio of the image: for 9:16, 1:1 or 16:9, crop it first, for example with the Edit Image node.',
		displayOptions: { show: { imageSource: ['binary'] } },
	},
	{
		displayName: 'Image Base64',
		name: 'imageBase64',
		type: 'string',
		default: '',
		placeholder: 'e.g. iVBORw0KGgoAAAANSUhEUg…',
		description:
			'JPG or PNG as a base64 string. A data: prefix is removed automatically. The video gets the aspect ratio of the image.',
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
				description: 'Speech that was generated with Kling TTS earlier',
			},
			{ name: 'Base64', value: 'base64', description: 'The audio as a base64 string' },
			{ name: 'Binary Field', value: 'binary', description: 'A file from a previous node' },
			{
				name: 'Text',
				value: 'text',
				description: 'Text for Kling TTS to speak. The speech is billed on top of the video.',
			},
			{ name: 'URL', value: 'url', description: 'A public URL of the audio' },
		],
		default: 'text',
		description: 'How to provide the voice',
	},
	{
		displayName: 'Audio ID',
		name: 'audioId',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.audio_id }}',
		hint: "Returned by Speech > Generate. To start from text, set 'Audio Source' to 'Text'.",
		description:
			'Audio ID from Kling TTS. The speech must be 2 to 60 seconds long and at most 30 days old.',
		displayOptions: { show: { audioSource: ['audioId'] } },
	},
	...speechProperties.map((property) => ({
		...property,
		...(property.name === 'text' && {
			hint: 'The speech is billed separately from the video',
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
		description: 'MP3, WAV, M4A or AAC file. Up to 5 MB, 2 to 60 seconds. Longer audio may fail.',
		displayOptions: { show: { audioSource: ['binary'] } },
	},
	{
		displayName: 'Audio URL',
		name: 'audioUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/voice.mp3',
		description:
			'Public URL of an MP3, WAV, M4A or AAC file. Up to 5 MB, 2 to 60 seconds. Longer audio may fail.',
		displayOptions: { show: { audioSource: ['url'] } },
	},
	{
		displayName: 'Audio Base64',
		name: 'audioBase64',
		type: 'string',
		default: '',
		placeholder: 'e.g. SUQzBAAAAAAAI1RTU0UAAAA…',
		description:
			'MP3, WAV, M4A or AAC as a base64 string. A data: prefix is removed automatically.',
		displayOptions: { show: { audioSource: ['base64'] } },
	},
];

/** The parameters of *Avatar > Create*. */
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
			'How the person should move and what expression to show, in one or two sentences, up to 2,500 characters. It does not change what is said. If left empty, a neutral prompt is sent because the API requires one.',
	},
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		options: [
			{ name: 'Pro', value: 'pro', description: 'Higher quality at about twice the price' },
			{ name: 'Standard', value: 'std', description: 'Lower cost' },
		],
		default: 'std',
		hint: 'Billed per second of audio. Pro costs about twice as much.',
		description: 'The quality of the video',
	},
	{
		displayName: 'Wait for Completion',
		name: 'waitForCompletion',
		type: 'boolean',
		default: true,
		description:
			'Whether to wait until the video is finished. If off, the node returns the task right away, and you can fetch the video later with Task > Get.',
	},
	{
		displayName: 'Download Video',
		name: 'downloadVideo',
		type: 'boolean',
		default: true,
		description:
			'Whether to download the video and add it to the output as a file. The video URL expires after 30 days.',
		displayOptions: { show: { waitForCompletion: [true] } },
	},
	outputFieldProperty({ waitForCompletion: [true], downloadVideo: [true] }),
	simplifyProperty,
	optionsProperty([
		'callbackUrl',
		'captions',
		'dryRun',
		'externalTaskId',
		'fileName',
		'longText',
		'includeInputFields',
		'maxConcurrentTasks',
		'maxTotalSeconds',
		'maxWaitSeconds',
		'onTaskFailure',
		'pollIntervalSeconds',
		'reuseInEditor',
		'validateMedia',
		'waitStrategy',
	]),
]);
