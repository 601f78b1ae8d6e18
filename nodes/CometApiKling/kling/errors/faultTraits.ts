/**
 * Everything that can go wrong between a request and a usable response
 * (docs/maintainers/service-notes.md#errors).
 */
export type FaultKind =
	| 'badKey'
	| 'account'
	| 'noCredit'
	| 'noPermission'
	| 'firewall'
	| 'badParameters'
	| 'duplicateId'
	| 'invalidId'
	| 'notFound'
	| 'contentPolicy'
	| 'tooFast'
	| 'tooManyTasks'
	| 'rateLimited'
	| 'noChannel'
	| 'tooLarge'
	| 'refused'
	| 'unavailable'
	| 'wrongPath'
	| 'unreachable'
	| 'interrupted'
	| 'otherTask'
	| 'malformedResponse';

/**
 * What a failed create request says about the charge. `none`: no task was created, and the request
 * would be rejected again; `none-yet`: no task was created, and the same request may be accepted
 * later; `unknown`: a task may have been created, so the request must not simply be repeated.
 */
export type CreateEffect = 'none' | 'none-yet' | 'unknown';

/** What follows from a kind of fault, and how it is explained to the user. */
export interface FaultTraits {
	/** Whether querying the task again may help. */
	askAgain: boolean;
	create: CreateEffect;
	/** What happened: one sentence without its period, which also reads well after a colon. */
	what: string;
	/** What to do, in full sentences that start with a verb. */
	advice: string;
}

/** The table in docs/maintainers/service-notes.md#errors by kind of fault, with its texts. */
export const TRAITS: Record<FaultKind, FaultTraits> = {
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
		what: 'Kling rejected the request because of an account restriction',
		advice:
			'Check the balance of your account in the CometAPI console. If it is sufficient, contact CometAPI support: the restriction may be on the Kling account that CometAPI uses. Waiting does not help.',
	},
	noCredit: {
		askAgain: false,
		create: 'none',
		what: 'The CometAPI account or API key is out of credit',
		advice:
			'Check both the balance of the account and the quota of the API key in the CometAPI console, top up the one that is used up, then run the workflow again.',
	},
	noPermission: {
		askAgain: false,
		create: 'none',
		what: 'The API key has no permission for this request',
		advice: 'Check in the CometAPI console which models the key may use, or use another key.',
	},
	firewall: {
		askAgain: false,
		create: 'none',
		what: 'A firewall blocked the request before it reached CometAPI',
		advice:
			'Check whether the network of the machine that runs n8n, its proxy or its region is blocked, and try again from another network. If this keeps happening, contact CometAPI support.',
	},
	badParameters: {
		askAgain: false,
		create: 'none',
		what: 'CometAPI rejected the request parameters',
		advice: 'Change the parameter named in the message.',
	},
	duplicateId: {
		askAgain: false,
		create: 'none',
		what: 'A task with this external task ID already exists',
		advice:
			"Use a different 'External Task ID' for a new video, or fetch the existing task with Task > Get.",
	},
	invalidId: {
		askAgain: false,
		create: 'none',
		what: 'The task ID cannot be used in a request',
		advice: 'Enter only the ID, as returned in task_id when the task was created.',
	},
	notFound: {
		askAgain: false,
		create: 'none',
		what: 'CometAPI could not find the task',
		advice:
			'Check the task ID and the task type, and that the key belongs to the account that created the task. Results are deleted after 30 days.',
	},
	contentPolicy: {
		askAgain: false,
		create: 'none',
		what: "Kling's content policy blocked the request",
		advice: 'Use another image, voice, text or prompt. The same content will be blocked again.',
	},
	tooFast: {
		askAgain: true,
		create: 'none-yet',
		what: 'CometAPI received too many requests in a short time',
		advice: "Lower 'Max Concurrent Tasks', or run fewer workflows at the same time.",
	},
	tooManyTasks: {
		askAgain: true,
		create: 'none-yet',
		what: 'The account has too many tasks running at the same time',
		advice:
			"Wait until other tasks finish, lower 'Max Concurrent Tasks', or raise the limit of the account.",
	},
	rateLimited: {
		askAgain: true,
		create: 'none-yet',
		what: 'CometAPI is rate limiting this API key',
		advice: 'Wait a minute and run the workflow again.',
	},
	noChannel: {
		askAgain: true,
		create: 'none-yet',
		what: 'CometAPI has no channel available for this model',
		advice:
			'Wait a few minutes and run the workflow again. If this keeps happening, check in the CometAPI console that the key may use this model.',
	},
	tooLarge: {
		askAgain: false,
		create: 'none',
		what: 'The request was larger than CometAPI accepts',
		advice: 'Use a smaller image or shorter audio, or pass both as URLs.',
	},
	refused: {
		askAgain: false,
		create: 'none',
		what: 'CometAPI rejected the request',
		advice: "See the service's message above, or look up the code in the CometAPI documentation.",
	},
	unavailable: {
		askAgain: true,
		create: 'unknown',
		what: 'CometAPI is temporarily unavailable',
		advice: 'Wait a few minutes and run the workflow again.',
	},
	wrongPath: {
		askAgain: false,
		create: 'none',
		what: 'CometAPI returned a web page or a redirect instead of JSON',
		advice:
			'Check the Base URL of the credential (normally https://api.cometapi.com) and, for custom tasks, the Custom Path: the API is not at this address.',
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
		what: 'The connection to CometAPI was lost before the response was complete',
		advice: 'Check the network of the machine that runs n8n, then run the workflow again.',
	},
	otherTask: {
		askAgain: true,
		create: 'unknown',
		what: 'CometAPI returned a different task than the one that was requested',
		advice:
			'Check the task ID and the task type. If both are right, contact CometAPI support and include both IDs.',
	},
	malformedResponse: {
		askAgain: true,
		create: 'unknown',
		what: 'CometAPI returned a response that could not be read',
		advice: 'Wait a few minutes and run the workflow again.',
	},
};
