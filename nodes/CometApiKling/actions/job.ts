import type { KlingRoute } from '../kling/routes';
import type { AudioFacts } from '../media/audio/checkAudio';
import type { ImageFacts } from '../media/image/checkImage';
import type { WaitLimits } from '../polling/pollTask';
import type { MediaInput } from './shared/mediaInput';
import type { SpeechParameters } from './shared/speech';

/** What one item asks for: its parameters and files, read and validated before anything is paid. */
export type Job = AvatarJob | SpeechJob | TaskJob;

/** The jobs that create tasks, which cost money. */
export type PaidJob = AvatarJob | SpeechJob;

interface JobBase {
	itemIndex: number;
	/** The kind of task that is waited for and delivered. */
	route: KlingRoute;
	/** Left out if the node does not wait. */
	wait?: JobWait;
	/** Left out if no file is wanted. */
	download?: JobDownload;
	simplify: boolean;
	onTaskFailure: 'error' | 'output';
	/** Whether the fields of the input item come out beside the result. */
	includeInput: boolean;
	/** What may go wrong all the same, in full sentences; shown beside the output. */
	hint?: string;
}

/** What the user set about costs. */
export interface PaidOptions {
	/** The user's limit of unfinished tasks. */
	maxConcurrentTasks: number;
	/** Whether to validate only, and to send nothing. */
	dryRun: boolean;
	/** Whether a manual execution may resume the task of an earlier one. */
	reuseInEditor: boolean;
	/** How long the audio of all items may be together, in seconds. */
	maxTotalSeconds?: number;
}

interface PaidJobBase extends JobBase, PaidOptions {
	/** The user's own ID for the task, if one was given. */
	externalTaskId?: string;
	/** Where CometAPI reports each change of the task's status, if anywhere. */
	callbackUrl?: string;
	/** How long refusals for lack of a slot are tolerated, and how the speech is polled. */
	limits: WaitLimits;
	/** Names the request: two tries with the same hash buy one task. */
	requestHash: string;
}

/** *Avatar > Create*. */
export interface AvatarJob extends PaidJobBase {
	kind: 'avatar';
	image: MediaInput<ImageFacts>;
	audio: AvatarAudio;
	prompt: string;
	mode: AvatarMode;
	/** Whether captions of the spoken text are wanted. */
	captions: boolean;
}

export type AvatarMode = 'std' | 'pro';

/** What moves the avatar's lips. */
export type AvatarAudio =
	| { kind: 'audioId'; audioId: string }
	| { kind: 'file'; file: MediaInput<AudioFacts> }
	/** Kling TTS speaks the text first; `requestHash` names that purchase. */
	| { kind: 'text'; speech: SpeechParameters; split: boolean; requestHash: string };

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
	/** Whether CometAPI calls back when the task has ended, so that no worker has to wait for it. */
	usesCallback?: boolean;
}

export interface JobDownload {
	binaryField: string;
	fileName?: string;
}
