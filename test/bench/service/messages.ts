import type { SimulatorOptions } from '../../simulator';

/** Options that can be sent to another process: everything but functions. */
export type ServiceOptions = Omit<
	SimulatorOptions,
	'taskSeconds' | 'onEvent' | 'speechSeconds' | 'clipStyle' | 'failsWith'
> & {
	/** How long all speech is, in seconds. If left out, it follows from the characters. */
	spokenSeconds?: number;
	/** The durations of tasks by their order, in seconds of the service. */
	taskSeconds: number[];
	/** How many seconds pass per second. */
	speed: number;
};

export interface ServiceStart {
	url: string;
	mediaUrl: string;
	key: string;
}

/** What the service received. */
export interface ServiceCounts {
	creates: number;
	/** Creates that were rejected because no slot was free. */
	refused: number;
	polls: number;
	downloads: number;
	paid: number;
}

export type ServiceRequest =
	| { kind: 'start'; options: ServiceOptions }
	| { kind: 'holdSlots'; count: number }
	| { kind: 'makeVideos'; count: number }
	| { kind: 'counts' };

export type ServiceReply =
	| { kind: 'start'; start: ServiceStart }
	| { kind: 'counts'; counts: ServiceCounts }
	| { kind: 'videos'; urls: string[] }
	| { kind: 'done' };
