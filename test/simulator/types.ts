/** What a request to the simulator was for; a look-up is a query by external id. */
export type RouteName =
	| 'create'
	| 'speech'
	| 'poll'
	| 'lookup'
	| 'models'
	| 'download'
	| 'media'
	| 'other';

export type TaskStatus = 'submitted' | 'processing' | 'succeed' | 'failed';

/** The shapes in which answers were met (docs/maintainers/service-notes.md#tasks). */
export type Envelope = 'A' | 'B' | 'C' | 'D' | 'E';

export interface SimulatedTask {
	id: string;
	/** The ID that Kling itself gave the task, which a gateway may put into callbacks. */
	klingId: string;
	/** Path of its route below /kling/v1/. */
	path: string;
	externalTaskId?: string;
	/** What is said in it, if that was a text. */
	text?: string;
	status: string;
	statusMessage?: string;
	createdAt: number;
	updatedAt: number;
	callbackUrl?: string;
	/** What the API's `task_result` holds once the task has succeeded. */
	result: Record<string, unknown>;
	/** Whether it holds a slot while it is unfinished. */
	holdsSlot: boolean;
}

/** An answer with a status of our choice, instead of or after what would have happened. */
export interface StatusFault {
	http: number;
	code?: number | string;
	message?: string;
	/** The body to send; made of code and message if left out. */
	body?: string;
	contentType?: string;
	headers?: Record<string, string>;
	/** Whether the task comes into being before the fault, as with a gateway's time-out. */
	afterTask?: boolean;
}

/** What can go wrong on the wire. On a create, those marked * come after the task was made. */
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
	/** To https://elsewhere.invalid; another target is a StatusFault with a `location` header. */
	| 'redirect'
	/** To another address of the same server, which then answers as it should. */
	| 'redirectOwn';

export type FaultKind = StatusFault | TransportFault;

export interface Fault {
	on: RouteName;
	kind: FaultKind;
	/** How often it strikes; once if left out, `Infinity` for good. */
	times?: number;
	/** How many requests of the route are let through first, once this fault is the next one. */
	after?: number;
}

export interface RecordedRequest {
	atMs: number;
	method: string;
	path: string;
	route: RouteName;
	headers: Record<string, string>;
	/** The parsed body; texts longer than 200 characters are cut where bodies are summarised. */
	body?: unknown;
	/** Fields of a create that the service does not know. */
	unknownFields?: string[];
	/** The status that was answered; 0 where the connection was broken instead. */
	status: number;
	/** Whether the request made a task. */
	paid: boolean;
}

export interface SimulatorEvent {
	atMs: number;
	taskId: string;
	path: string;
	status: string;
}
