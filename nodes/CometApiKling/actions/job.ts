import type { KlingRoute } from '../kling/routes';
import type { AudioFacts } from '../media/audio';
import type { ImageFacts } from '../media/image';
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
	/** What may go wrong all the same, in full sentences; shown beside the output. */
	hint?: string;
}

interface PaidJobBase extends JobBase {
	/** The user's own ID for the task, if one was given. */
	externalTaskId?: string;
	/** Where CometAPI reports each change of the task's status, if anywhere. */
	callbackUrl?: string;
	/** The user's limit of unfinished tasks. */
	maxConcurrentTasks: number;
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
}

export type AvatarMode = 'std' | 'pro';

/** What moves the avatar's lips. */
export type AvatarAudio =
	| { kind: 'audioId'; audioId: string }
	| { kind: 'file'; file: MediaInput<AudioFacts> }
	/** Kling TTS speaks the text first; `requestHash` names that purchase. */
	| { kind: 'text'; speech: SpeechParameters; requestHash: string };

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
