import type { SimulatorOptions } from '../../simulator';

/** What can go over to another process: all options but functions. */
export type ServiceOptions = Omit<
	SimulatorOptions,
	'taskSeconds' | 'onEvent' | 'speechSeconds' | 'clipStyle' | 'failsWith'
> & {
	/** How long all speech lasts; by its characters if left out. */
	spokenSeconds?: number;
	/** How long tasks take by their order, in the seconds that pass in the service. */
	taskSeconds: number[];
	/** How many seconds pass in one. */
	speed: number;
};

export interface ServiceStart {
	url: string;
	mediaUrl: string;
	key: string;
}

/** What the service got. */
export interface ServiceCounts {
	creates: number;
	/** Creates that were refused for lack of a slot. */
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
