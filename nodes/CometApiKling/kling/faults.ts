/**
 * Everything that can go wrong between a request and a usable answer, and what follows from it.
 * The codes and HTTP statuses are those of API.md 6.
 */
export type FaultKind =
	| 'badKey'
	| 'account'
	| 'noCredit'
	| 'noPermission'
	| 'badParameters'
	| 'duplicateId'
	| 'notFound'
	| 'contentPolicy'
	| 'tooFast'
	| 'tooManyTasks'
	| 'rateLimited'
	| 'tooLarge'
	| 'refused'
	| 'unavailable'
	| 'wrongPath'
	| 'unreachable'
	| 'interrupted'
	| 'malformedResponse';

export interface Fault {
	kind: FaultKind;
	/** The service's own words, or the network's; never a request. */
	message: string;
	/** The service's code (`1303`, `task_not_exist`) or the network's (`ECONNRESET`). */
	code?: string;
	httpStatus?: number;
	/** How long the service asks to be left alone, in milliseconds. */
	retryAfterMs?: number;
}

/**
 * What a fault on a create says of the money:
 * `none`: no task was made, and the same request would be refused again;
 * `none-yet`: no task was made, and the same request may be taken later;
 * `unknown`: a task may have been made, so the request must not simply be repeated.
 */
export type CreateEffect = 'none' | 'none-yet' | 'unknown';

interface FaultTraits {
	/** Whether asking for a task's state again can help. */
	askAgain: boolean;
	create: CreateEffect;
	what: string;
	advice: string;
}

const TRAITS: Record<FaultKind, FaultTraits> = {
	badKey: {
		askAgain: false,
		create: 'none',
		what: 'CometAPI did not accept the API key',
		advice:
			'Open the CometAPI credential, paste a current key from the CometAPI console and test it.',
	},
	account: {
		askAgain: false,
		create: 'none',
		what: 'Kling refused the request because of the account',
		advice:
			'PollResult at the balance, the resource pack and the allowed IP addresses of the account in the CometAPI console; waiting does not help.',
	},
	noCredit: {
		askAgain: false,
		create: 'none',
		what: 'The CometAPI account is out of credit',
		advice: 'Top up the account in the CometAPI console, then run the workflow again.',
	},
	noPermission: {
		askAgain: false,
		create: 'none',
		what: 'The API key has no permission for this request',
		advice: 'Check in the CometAPI console which models the key may use, or use another key.',
	},
	badParameters: {
		askAgain: false,
		create: 'none',
		what: 'CometAPI refused the parameters of the request',
		advice: 'Change the parameter that the message names. No task was made, so nothing was spent.',
	},
	duplicateId: {
		askAgain: false,
		create: 'none',
		what: 'A task with this external task ID exists already',
		advice:
			'Use another External Task ID for a new video, or fetch the existing task with the Get Task operation.',
	},
	notFound: {
		askAgain: false,
		create: 'none',
		what: 'CometAPI does not know the task',
		advice:
			'Check the task ID, the task type and that the key belongs to the account that made the task. Results are cleared after 30 days.',
	},
	contentPolicy: {
		askAgain: false,
		create: 'none',
		what: "Kling's content policy refused the request",
		advice: 'Use another image, voice, text or prompt; the same content will be refused again.',
	},
	tooFast: {
		askAgain: true,
		create: 'none-yet',
		what: 'CometAPI received requests too fast',
		advice: 'Lower Max Concurrent Tasks, or run fewer workflows at the same time.',
	},
	tooManyTasks: {
		askAgain: true,
		create: 'none-yet',
		what: 'The account has too many tasks running at the same time',
		advice:
			'Wait until other tasks end, lower Max Concurrent Tasks, or raise the limit of the account.',
	},
	rateLimited: {
		askAgain: true,
		create: 'none',
		what: 'CometAPI is limiting the requests of this key',
		advice: 'Wait a minute and run the workflow again. No task was made, so nothing was spent.',
	},
	tooLarge: {
		askAgain: false,
		create: 'none',
		what: 'The request was larger than CometAPI accepts',
		advice: 'Use a smaller image or a shorter audio, or pass both by URL.',
	},
	refused: {
		askAgain: false,
		create: 'none',
		what: 'CometAPI refused the request',
		advice: 'See the message of the service, and its documentation for the code.',
	},
	unavailable: {
		askAgain: true,
		create: 'unknown',
		what: 'CometAPI is not available at the moment',
		advice: 'Wait a few minutes and run the workflow again.',
	},
	wrongPath: {
		askAgain: false,
		create: 'none',
		what: 'CometAPI answered with a web page or a redirect instead of data',
		advice:
			'The API is not at this address: check the Base URL of the credential (normally https://api.cometapi.com) and, for custom tasks, the Custom Path.',
	},
	unreachable: {
		askAgain: true,
		create: 'none-yet',
		what: 'CometAPI could not be reached',
		advice: 'Check the Base URL of the credential and the network of the machine that runs n8n.',
	},
	interrupted: {
		askAgain: true,
		create: 'unknown',
		what: 'The connection to CometAPI broke before the answer was complete',
		advice: 'Check the network of the machine that runs n8n, then run the workflow again.',
	},
	malformedResponse: {
		askAgain: true,
		create: 'unknown',
		what: 'CometAPI sent an answer that cannot be read',
		advice: 'Wait a few minutes and run the workflow again.',
	},
};

/** Codes with one meaning, whatever HTTP status they come with (HTTP 200 included). */
const KIND_OF_CODE = new Map<string, FaultKind>([
	['1000', 'badKey'],
	['1001', 'badKey'],
	['1002', 'badKey'],
	['1003', 'badKey'],
	['1004', 'badKey'],
	['1100', 'account'],
	['1101', 'account'],
	['1102', 'account'],
	['1103', 'noPermission'],
	['1200', 'badParameters'],
	['1201', 'badParameters'],
	['1202', 'wrongPath'],
	['1203', 'notFound'],
	['1300', 'contentPolicy'],
	['1301', 'contentPolicy'],
	['1302', 'tooFast'],
	['1303', 'tooManyTasks'],
	['1304', 'account'],
	['5000', 'unavailable'],
	['5001', 'unavailable'],
	['5002', 'unavailable'],
	['insufficient_user_quota', 'noCredit'],
	['invalid_request', 'badParameters'],
	['task_not_exist', 'notFound'],
]);

const KIND_OF_HTTP_STATUS = new Map<number, FaultKind>([
	[400, 'badParameters'],
	[401, 'badKey'],
	[402, 'noCredit'],
	[403, 'noPermission'],
	[404, 'notFound'],
	[405, 'wrongPath'],
	[408, 'unavailable'],
	[413, 'tooLarge'],
	[429, 'rateLimited'],
]);

/** Words by which a refusal of a repeated external id can be told from other bad parameters. */
const DUPLICATE_ID =
	/external_task_id.*(exist|duplicat|unique|repeat)|(exist|duplicat|repeat).*external_task_id/i;

/** The kind of a refusal: by its code where that is known, else by its HTTP status. */
export function kindOfRefusal(
	httpStatus: number,
	code: string | undefined,
	message: string,
): FaultKind {
	const byCode = code === undefined ? undefined : KIND_OF_CODE.get(code.toLowerCase());
	const kind = byCode ?? kindOfHttpStatus(httpStatus);
	return kind === 'badParameters' && DUPLICATE_ID.test(message) ? 'duplicateId' : kind;
}

function kindOfHttpStatus(httpStatus: number): FaultKind {
	if (httpStatus >= 500) return 'unavailable';
	if (httpStatus >= 400) return KIND_OF_HTTP_STATUS.get(httpStatus) ?? 'refused';
	// An unknown code behind HTTP 200 says neither that a task was made nor that it was not.
	return 'malformedResponse';
}

/** Whether a query that met this fault is worth repeating (API.md 6, last column). */
export function canAskAgain(fault: Fault): boolean {
	return TRAITS[fault.kind].askAgain;
}

/** What the fault says of the money when it was the answer to a create. */
export function effectOnCreate(fault: Fault): CreateEffect {
	return TRAITS[fault.kind].create;
}

/** What happened, in a sentence without its full stop. */
export function whatHappened(fault: Fault): string {
	return TRAITS[fault.kind].what;
}

/** What to do about it, in full sentences. */
export function adviceFor(fault: Fault): string {
	return TRAITS[fault.kind].advice;
}

/** The fault in a few words, for lists of what was seen: `HTTP 503`, `code 1303`, `ECONNRESET`. */
export function labelOf(fault: Fault): string {
	if (fault.kind === 'malformedResponse' && fault.code === undefined) return 'unreadable answer';
	if (fault.httpStatus !== undefined && fault.httpStatus >= 400) {
		return fault.code === undefined
			? `HTTP ${fault.httpStatus}`
			: `HTTP ${fault.httpStatus} code ${fault.code}`;
	}
	return fault.code === undefined ? whatHappened(fault) : `code ${fault.code}`;
}
