/** The purpose of a request to the simulator; a lookup is a query by external ID. */
export type RouteName =
	| 'create'
	| 'speech'
	| 'poll'
	| 'lookup'
	| 'models'
	| 'download'
	| 'media'
	| 'other';

/** The shapes in which responses were seen (docs/maintainers/service-notes.md#tasks). */
export type Envelope = 'A' | 'B' | 'C' | 'D' | 'E';

export interface SimulatedTask {
	id: string;
	/** Kling's own ID for the task, which a gateway may use in callbacks. */
	klingId: string;
	/** Path of its route below /kling/v1/. */
	path: string;
	externalTaskId?: string;
	/** The spoken text, if it was generated from a text. */
	text?: string;
	status: string;
	statusMessage?: string;
	createdAt: number;
	updatedAt: number;
	callbackUrl?: string;
	/** The API's `task_result` after the task has succeeded. */
	result: Record<string, unknown>;
	/** Whether it holds a slot while it is unfinished. */
	holdsSlot: boolean;
}

/** A response with a status of our choice, instead of or after the normal effect. */
export interface StatusFault {
	http: number;
	code?: number | string;
	message?: string;
	/** The body to send; if left out, it consists of code and message. */
	body?: string;
	contentType?: string;
	headers?: Record<string, string>;
	/** Whether the task is created before the fault, as with a gateway's timeout. */
	afterTask?: boolean;
}

/** Network faults. On a create, those marked * occur after the task was created. */
export type TransportFault =
	| 'resetBefore'
	| 'resetAfter' // *
	| 'hangBefore'
	| 'hangAfter' // *
	| 'slowBody' // *
	| 'cutBody' // *
	| 'brokenJson' // *
	| 'emptyBody' // *
	| 'hugeBody' // *
	| 'wrongContentType' // *
	| 'html'
	/**
	 * A redirect to https://elsewhere.invalid; for other targets, use a StatusFault with a `location`
	 * header.
	 */
	| 'redirect'
	/** A redirect to another path of the same server, which then responds normally. */
	| 'redirectOwn';

export type FaultKind = StatusFault | TransportFault;

export interface Fault {
	on: RouteName;
	kind: FaultKind;
	/** How often it occurs; once if left out, `Infinity` for always. */
	times?: number;
	/** How many requests of the route succeed before this fault, once it is the next one. */
	after?: number;
}

export interface RecordedRequest {
	atMs: number;
	method: string;
	path: string;
	route: RouteName;
	headers: Record<string, string>;
	/** The parsed body; texts longer than 200 characters are cut if bodies are summarized. */
	body?: unknown;
	/** Fields of a create that the service does not know. */
	unknownFields?: string[];
	/** The status of the response; 0 if the connection was closed instead. */
	status: number;
	/** Whether the request created a task. */
	paid: boolean;
}

export interface SimulatorEvent {
	atMs: number;
	taskId: string;
	path: string;
	status: string;
}
