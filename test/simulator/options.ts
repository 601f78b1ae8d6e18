import type { ClipStyle } from './clipStyle';
import type { Envelope, SimulatorEvent } from './types';

export interface SimulatorOptions {
	/** 0 selects any free port. */
	port?: number;
	apiKeys?: string[];
	/** How long a task runs; a function is called for each task with its index. */
	taskSeconds?: number | ((order: number) => number);
	/** How many unfinished tasks the account may have. */
	parallelLimit?: number;
	envelope?: Envelope;
	/** Whether speech is returned with the response, or only as a task to poll. */
	ttsMode?: 'immediate' | 'taskId';
	/**
	 * `real` creates a video from the media that were sent; `tiny` returns one small video for all
	 * tasks.
	 */
	media?: 'real' | 'tiny';
	/** How long the speech of a text lasts, in seconds; derived from its characters if left out. */
	speechSeconds?: (text: string) => number;
	/** The style of each video (with `media: 'real'`), by the index of its task. */
	clipStyle?: (order: number) => ClipStyle;
	/** Returns why an avatar task fails, if it does, from its text and its index. */
	failsWith?: (text: string, order: number) => string | undefined;
	/** Whether a task can be found by its external ID. */
	lookUp?: boolean;
	/** `full` keeps request bodies, `summary` only their start (for large media). */
	recordBodies?: 'full' | 'summary';
	/** Replaces each video by one of this many bytes, generated while it is sent. */
	resultBytes?: number;
	/** Whether images and audio are checked; off for benchmarks. */
	checkMedia?: boolean;
	/** Whether URLs of other hosts represent a sample (none is ever downloaded), or are rejected. */
	foreignUrls?: 'sample' | 'refuse';
	/** How often each callback is sent; once if left out. */
	callbackTimes?: number;
	onEvent?: (event: SimulatorEvent) => void;
	/** Whether IDs are JSON numbers that are too long to be read without loss. */
	numericIds?: boolean;
	/** The format of times; numbers of milliseconds if left out. */
	timeUnit?: 'milliseconds' | 'seconds' | 'text' | 'iso';
	/** Whether responses and callbacks begin with a byte order mark. */
	byteOrderMark?: boolean;
	/** Whether the gateway wraps rejections by Kling in its own error, with HTTP 500. */
	wrapRefusals?: boolean;
	/** Whether the gateway sends each create to Kling twice, as after a timeout between the two. */
	repeatCreates?: boolean;
	/** Whether a repeated external ID is rejected, which gateways need not do; yes if left out. */
	uniqueExternalIds?: boolean;
	/** The shape of callbacks; flat if left out. */
	callbackShape?: 'flat' | 'newer';
	/** The ID in callbacks: the one that the API returned, or Kling's. */
	callbackIds?: 'own' | 'kling';
	/** The ID in responses to queries: the requested one, or Kling's. */
	queryIds?: 'own' | 'kling';
}
