import type { ClipStyle } from './clipStyle';
import type { Envelope, SimulatorEvent } from './types';

export interface SimulatorOptions {
	/** 0 takes any free port. */
	port?: number;
	apiKeys?: string[];
	/** How long a task runs; a function is asked for each, by its order. */
	taskSeconds?: number | ((order: number) => number);
	/** How many unfinished tasks the account may have. */
	parallelLimit?: number;
	envelope?: Envelope;
	/** Whether speech comes with the answer, or only as a task to be polled. */
	ttsMode?: 'immediate' | 'taskId';
	/** `real` films what was sent; `tiny` delivers one small film for all tasks. */
	media?: 'real' | 'tiny';
	/** How long the speech of a text lasts, in seconds; by its characters if left out. */
	speechSeconds?: (text: string) => number;
	/** What the films are like (with `media: 'real'`), by the order of their tasks. */
	clipStyle?: (order: number) => ClipStyle;
	/** Why an avatar task fails, if it does: by what is said in it, and by its order. */
	failsWith?: (text: string, order: number) => string | undefined;
	/** Whether a task is found by its external id. */
	lookUp?: boolean;
	/** `full` keeps request bodies, `summary` only their beginnings (for large media). */
	recordBodies?: 'full' | 'summary';
	/** Delivers a film of this many bytes in place of each video, made as it is sent. */
	resultBytes?: number;
	/** Whether images and audio are looked at; off for benchmarks. */
	checkMedia?: boolean;
	/** Whether links to other hosts stand for a sample (none is ever fetched), or are refused. */
	foreignUrls?: 'sample' | 'refuse';
	/** How often each callback is sent; once if left out. */
	callbackTimes?: number;
	onEvent?: (event: SimulatorEvent) => void;
	/** Whether IDs are JSON numbers, too long to be read without loss. */
	numericIds?: boolean;
	/** How times are written; as numbers of milliseconds if left out. */
	timeUnit?: 'milliseconds' | 'seconds' | 'text' | 'iso';
	/** Whether responses and callbacks begin with a byte order mark. */
	byteOrderMark?: boolean;
	/** Whether the gateway wraps refusals by Kling in an error of its own, with HTTP 500. */
	wrapRefusals?: boolean;
	/** Whether the gateway sends each create to Kling twice, as after a time-out between the two. */
	repeatCreates?: boolean;
	/** Whether a repeated external ID is refused, which gateways need not do; yes if left out. */
	uniqueExternalIds?: boolean;
	/** The shape of callbacks; flat if left out. */
	callbackShape?: 'flat' | 'newer';
	/** Whose ID callbacks carry: the one that the API returned, or Kling's. */
	callbackIds?: 'own' | 'kling';
}
