import type { KlingRoute } from '../kling/routes';
import type { KlingTask } from '../kling/task';
import type { Run } from '../purchase/run';

/** What one item asks for: read from the parameters and checked, before anything is paid. */
export interface Job {
	itemIndex: number;
	/** The kind of task that is waited for and delivered. */
	route: KlingRoute;
	/** Left out where the node does not wait. */
	wait?: JobWait;
	/** Left out where no file is wanted. */
	download?: JobDownload;
	simplify: boolean;
	onTaskFailure: 'error' | 'output';
	/** The user's own id for the task, if one was given. */
	externalTaskId?: string;
	/** The user's limit of unfinished tasks; left out where the job creates none. */
	maxConcurrentTasks?: number;
	/** What may go wrong all the same, in full sentences; shown beside the output. */
	hint?: string;
	/**
	 * Makes sure that the task exists.
	 *
	 * @throws UserError where it does not, with all ids that are known
	 */
	start(run: Run): Promise<StartedTask>;
}

export interface JobWait {
	maxWaitMs: number;
	firstIntervalMs: number;
	/** Whether the service calls back when the task has ended, so that no worker need wait for it. */
	usesCallback?: boolean;
}

export interface JobDownload {
	binaryField: string;
	fileName?: string;
}

/** A task that exists. */
export interface StartedTask {
	taskId: string;
	/** The external id that it was created with; left out for a task that this node did not create. */
	externalTaskId?: string;
	/** The task as the service told of it when it was started, if it did. */
	task?: KlingTask;
	/** When it was made, in Unix milliseconds; left out for a task that was made before. */
	createdAt?: number;
	/** What tasks of this kind are remembered under, and how large this one is; for forecasts. */
	size?: TaskSize;
	/** To be called when the task has ended or is no longer waited for: gives its slot back. */
	release: () => void;
	/** To be called when the task came to nothing: it will not be taken up again. */
	discard: () => void;
}

export interface TaskSize {
	/** For example `avatar:std`. */
	kind: string;
	/** Length of the audio, where it is known. */
	audioSeconds?: number;
}
