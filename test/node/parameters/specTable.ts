/**
 * A second copy of all parameters and their defaults, so that tests detect a parameter that was
 * renamed, removed or given another default: workflows that users saved contain these names.
 */
export interface SpecParameter {
	name: string;
	default: unknown;
	/** All values, if the parameter has a list of them. */
	values?: readonly unknown[];
}

export interface SpecOperation {
	resource: string;
	operation: string;
	parameters: SpecParameter[];
	/** The entries of *Options*; an option that was not added has no value. */
	options: SpecParameter[];
}

const FLAG = [true, false];

const text = (name: string, value = ''): SpecParameter => ({ name, default: value });
const flag = (name: string, value: boolean): SpecParameter => ({
	name,
	default: value,
	values: FLAG,
});

const SPEECH: SpecParameter[] = [
	text('text'),
	{
		name: 'voice',
		default: { mode: 'list', value: 'en:calm_story1', cachedResultName: 'Lore · English' },
	},
	{ name: 'voiceSpeed', default: 1 },
];

const OPTIONS: Record<string, SpecParameter> = {
	callbackUrl: text('callbackUrl'),
	captions: flag('captions', false),
	dryRun: flag('dryRun', false),
	externalTaskId: text('externalTaskId'),
	fileName: text('fileName'),
	includeInputFields: flag('includeInputFields', false),
	longText: { name: 'longText', default: 'stop', values: ['stop', 'split'] },
	maxConcurrentTasks: { name: 'maxConcurrentTasks', default: 10 },
	maxTotalSeconds: { name: 'maxTotalSeconds', default: 600 },
	maxWaitSeconds: { name: 'maxWaitSeconds', default: 1800 },
	onTaskFailure: { name: 'onTaskFailure', default: 'error', values: ['error', 'output'] },
	pollIntervalSeconds: { name: 'pollIntervalSeconds', default: 5 },
	reuseInEditor: flag('reuseInEditor', true),
	validateMedia: flag('validateMedia', true),
	waitStrategy: { name: 'waitStrategy', default: 'poll', values: ['poll', 'callback'] },
};

function options(...leftOut: string[]): SpecParameter[] {
	return Object.values(OPTIONS).filter(({ name }) => !leftOut.includes(name));
}

/**
 * The kinds (docs/maintainers/service-notes.md#tasks) by the values of *Task Type*; their paths and
 * the kinds of their results.
 */
export const TASK_KINDS: Record<string, { path: string; family: 'video' | 'image' | 'audio' }> = {
	'advanced-lip-sync': { path: 'videos/advanced-lip-sync', family: 'video' },
	avatar: { path: 'videos/avatar/image2video', family: 'video' },
	'editing-expand': { path: 'images/editing/expand', family: 'image' },
	generations: { path: 'images/generations', family: 'image' },
	image2video: { path: 'videos/image2video', family: 'video' },
	'lip-sync': { path: 'videos/lip-sync', family: 'video' },
	'multi-elements': { path: 'videos/multi-elements', family: 'video' },
	'multi-image2video': { path: 'videos/multi-image2video', family: 'video' },
	'omni-video': { path: 'videos/omni-video', family: 'video' },
	'text-to-audio': { path: 'audio/text-to-audio', family: 'audio' },
	text2video: { path: 'videos/text2video', family: 'video' },
	tts: { path: 'audio/tts', family: 'audio' },
	effects: { path: 'videos/effects', family: 'video' },
	'video-extend': { path: 'videos/video-extend', family: 'video' },
	'video-to-audio': { path: 'audio/video-to-audio', family: 'audio' },
	'kolors-virtual-try-on': { path: 'images/kolors-virtual-try-on', family: 'image' },
};

export const SPEC_TABLE: Record<'avatar' | 'speech' | 'task' | 'video', SpecOperation> = {
	avatar: {
		resource: 'avatar',
		operation: 'create',
		parameters: [
			{ name: 'imageSource', default: 'url', values: ['url', 'binary', 'base64'] },
			text('imageUrl'),
			text('imageBinaryPropertyName', 'data'),
			text('imageBase64'),
			{
				name: 'audioSource',
				default: 'text',
				values: ['audioId', 'text', 'binary', 'url', 'base64'],
			},
			text('audioId'),
			...SPEECH,
			text('audioBinaryPropertyName', 'data'),
			text('audioUrl'),
			text('audioBase64'),
			text('prompt'),
			{ name: 'mode', default: 'std', values: ['std', 'pro'] },
			flag('waitForCompletion', true),
			flag('downloadVideo', true),
			text('binaryPropertyOutput', 'data'),
			flag('simplify', true),
		],
		options: options(),
	},
	speech: {
		resource: 'speech',
		operation: 'generate',
		parameters: [
			...SPEECH,
			flag('downloadAudio', false),
			text('binaryPropertyOutput', 'data'),
			flag('simplify', true),
		],
		// Speech has no media to check, and is ready at once or within seconds.
		options: options('captions', 'longText', 'validateMedia', 'waitStrategy'),
	},
	task: {
		resource: 'task',
		operation: 'get',
		parameters: [
			{ name: 'taskType', default: 'avatar', values: [...Object.keys(TASK_KINDS), 'custom'] },
			text('customPath'),
			text('taskId'),
			flag('waitForCompletion', false),
			flag('downloadVideo', false),
			text('binaryPropertyOutput', 'data'),
			flag('simplify', true),
		],
		// Options for creating a task do not apply to one that exists.
		options: options(
			'callbackUrl',
			'captions',
			'dryRun',
			'externalTaskId',
			'longText',
			'maxConcurrentTasks',
			'maxTotalSeconds',
			'reuseInEditor',
			'validateMedia',
			'waitStrategy',
		),
	},
	video: {
		resource: 'video',
		operation: 'join',
		parameters: [text('binaryPropertyName', 'data'), text('binaryPropertyOutput', 'data')],
		options: [text('fileName')],
	},
};

/** The fields of the simplified output, in the order of the reference. */
export const OUTPUT_FIELDS = [
	...['task_id', 'task_type', 'task_status', 'task_status_msg', 'external_task_id'],
	...['video_url', 'video_id', 'video_duration', 'audio_id', 'audio_url', 'audio_duration'],
	...['image_urls', 'created_at', 'updated_at', 'final_unit_deduction', 'timed_out'],
	...['video_width', 'video_height', 'clips', 'captions_srt', 'reused', 'dry_run'],
];
