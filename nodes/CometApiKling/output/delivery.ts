import type { LimitFunction } from 'p-limit';

import type { Job } from '../actions/job';
import type { KlingTask } from '../kling/task';
import type { VoiceLanguage } from '../kling/voices';
import type { Clock } from '../polling/time/clock';

/** The parts of a run of the node that downloads need. */
export interface DownloadRun {
	/** How many files may be downloaded at the same time. */
	downloads: LimitFunction;
	clock: Clock;
	signal: AbortSignal;
}

/** How to output the tasks of an item once they have ended. */
export interface Delivery
	extends Pick<Job, 'itemIndex' | 'route' | 'download' | 'simplify' | 'includeInput'> {
	/** Whether a success must have a result; false if the task is only polled once. */
	needsResult: boolean;
	/** The language of the captions, if they are to be output. */
	captions?: VoiceLanguage;
}

/** A task that has ended, or that is output without waiting for its end. */
export interface EndedTask {
	task: KlingTask;
	/** The text that it speaks, if this node generated its speech. */
	speech?: SpokenText;
	/** Whether the task was reused from an earlier test. */
	reused?: boolean;
}

/** IDs of what an item was or may have been charged for. */
export interface Charges {
	taskIds: string[];
	/** External IDs of requests whose task may exist, although no response named it. */
	unconfirmedIds: string[];
}

export interface SpokenText {
	text: string;
	audioId: string;
	/** In seconds, if it is known. */
	seconds?: number;
}

export function deliveryOf(job: Job): Delivery {
	const { itemIndex, route, download, simplify, includeInput } = job;
	const spoken = job.kind === 'avatar' && job.audio.kind === 'text' ? job.audio.speech : undefined;
	const wantsCaptions = job.kind === 'avatar' && job.captions;
	return {
		itemIndex,
		route,
		download,
		simplify,
		includeInput,
		needsResult: job.wait !== undefined,
		...(wantsCaptions && spoken && { captions: spoken.voice.language }),
	};
}
