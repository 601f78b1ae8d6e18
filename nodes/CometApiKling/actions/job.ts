import type { KlingRoute } from '../kling/routes';
import type { AudioFacts } from '../media/audio/checkAudio';
import type { ImageFacts } from '../media/image/checkImage';
import type { WaitLimits } from '../polling/pollTask';
import type { MediaInput } from './shared/mediaInput';
import type { RequestIdentity } from './shared/requestIdentity';
import type { SpeechParameters } from './shared/speech';

/** The work for one item: its parameters and files, validated before anything is paid for. */
export type Job = AvatarJob | SpeechJob | TaskJob;

/** The jobs that create tasks, which cost money. */
export type PaidJob = AvatarJob | SpeechJob;

/** The result for one item: a value, or what was thrown. */
export type Result<T> = { ok: true; value: T } | { ok: false; thrown: unknown };

interface JobBase {
	itemIndex: number;
	/** The kind of task to wait for and to output. */
	route: KlingRoute;
	/** Left out if the node does not wait. */
	wait?: JobWait;
	/** Left out if no file is to be downloaded. */
	download?: JobDownload;
	simplify: boolean;
	onTaskFailure: 'error' | 'output';
	/** Whether to output the fields of the input item together with the result. */
	includeInput: boolean;
	/** Problems that are still possible, in full sentences; shown with the output. */
	hint?: string;
}

/** The user's settings that affect costs. */
export interface PaidOptions {
	/** The user's limit on unfinished tasks. */
	maxConcurrentTasks: number;
	/** Whether to validate only, without sending anything. */
	dryRun: boolean;
	/** Whether a manual execution may resume the task of an earlier one. */
	reuseInEditor: boolean;
	/** The maximum total audio length of all items, in seconds. */
	maxTotalSeconds?: number;
}

interface PaidJobBase extends JobBase, PaidOptions {
	/** The user's own ID for the task, if one was given. */
	externalTaskId?: string;
	/** The URL to which CometAPI reports each change of the task's status, if there is one. */
	callbackUrl?: string;
	/** How long to keep trying if no slot is free, and how to poll the speech. */
	limits: WaitLimits;
	/** Identifies the request: two tries with the same identity create only one task. */
	identity: RequestIdentity;
}

/** *Avatar > Create*. */
export interface AvatarJob extends PaidJobBase {
	kind: 'avatar';
	image: MediaInput<ImageFacts>;
	audio: AvatarAudio;
	prompt: string;
	mode: AvatarMode;
	/** Whether to output captions of the spoken text. */
	captions: boolean;
}

export type AvatarMode = 'std' | 'pro';

/** The source of the avatar's voice. */
export type AvatarAudio =
	| { kind: 'audioId'; audioId: string }
	| { kind: 'file'; file: MediaInput<AudioFacts> }
	/** Kling TTS speaks the text first; `identity` identifies that request. */
	| { kind: 'text'; speech: SpeechParameters; split: boolean; identity: RequestIdentity };

/** *Speech > Generate*. */
export interface SpeechJob extends PaidJobBase {
	kind: 'speech';
	speech: SpeechParameters;
}

/** *Task > Get*. */
export interface TaskJob extends JobBase {
	kind: 'task';
	taskId: string;
}

export interface JobWait extends WaitLimits {
	/** Whether CometAPI calls back when the task has ended, so that no worker is occupied. */
	usesCallback?: boolean;
}

export interface JobDownload {
	binaryField: string;
	fileName?: string;
}
