import {
	adviceFor,
	canAskAgain,
	effectOnCreate,
	labelOf,
	whatHappened,
	type Fault,
	type FaultKind,
} from '../../nodes/CometApiKling/kling/faults';

/** What SPEC 5 and 6 ask for each kind: whether a query goes on, and what a create has cost. */
const KINDS: Record<FaultKind, [again: boolean, create: string, words: RegExp, advice: RegExp]> = {
	badKey: [false, 'none', /API key/, /credential.*paste a current key/],
	account: [false, 'none', /because of the account/, /balance.*waiting does not help/],
	noCredit: [false, 'none', /out of credit/, /Top up/],
	noPermission: [false, 'none', /no permission/, /which models the key may use/],
	badParameters: [false, 'none', /refused the parameters/, /parameter that the message names/],
	duplicateId: [false, 'none', /external task ID exists/, /another External Task ID.*Get Task/],
	notFound: [false, 'none', /does not know the task/, /task ID, the task type.*30 days/],
	contentPolicy: [false, 'none', /content policy/, /another image, voice, text or prompt/],
	tooFast: [true, 'none-yet', /too fast/, /Lower Max Concurrent Tasks/],
	tooManyTasks: [true, 'none-yet', /too many tasks/, /Wait until other tasks end/],
	rateLimited: [true, 'none', /limiting the requests/, /nothing was spent/],
	tooLarge: [false, 'none', /larger than CometAPI accepts/, /smaller image.*by URL/],
	refused: [false, 'none', /refused the request/, /documentation for the code/],
	unavailable: [true, 'unknown', /not available/, /Wait a few minutes/],
	wrongPath: [false, 'none', /web page or a redirect/, /Base URL.*Custom Path/],
	unreachable: [true, 'none-yet', /could not be reached/, /Base URL.*network/],
	interrupted: [true, 'unknown', /connection to CometAPI broke/, /network of the machine/],
	malformedResponse: [true, 'unknown', /cannot be read/, /Wait a few minutes/],
};

test.each(Object.entries(KINDS))('%s', (name, [again, create, words, advice]) => {
	const kind = Object.keys(KINDS).find((one): one is FaultKind => one === name);
	if (kind === undefined) throw new Error('There is no such kind.');
	const fault: Fault = { kind, message: '' };
	expect(canAskAgain(fault)).toBe(again);
	expect(effectOnCreate(fault)).toBe(create);
	// A sentence that something may follow, and whole sentences of advice.
	expect(whatHappened(fault)).toMatch(words);
	expect(whatHappened(fault)).toMatch(/^[A-Z].*[^.:]$/);
	expect(adviceFor(fault)).toMatch(advice);
	expect(adviceFor(fault)).toMatch(/^[A-Z].*\.$/);
});

test.each<[Omit<Fault, 'message'>, string]>([
	[{ kind: 'unavailable', httpStatus: 503 }, 'HTTP 503'],
	[{ kind: 'tooManyTasks', httpStatus: 429, code: '1303' }, 'HTTP 429 code 1303'],
	[{ kind: 'badKey', httpStatus: 400, code: '1000' }, 'HTTP 400 code 1000'],
	[{ kind: 'tooManyTasks', httpStatus: 200, code: '1303' }, 'code 1303'],
	[{ kind: 'interrupted', code: 'ECONNRESET' }, 'code ECONNRESET'],
	[{ kind: 'malformedResponse', httpStatus: 200 }, 'unreadable answer'],
	[{ kind: 'malformedResponse', httpStatus: 200, code: '77' }, 'code 77'],
	[
		{ kind: 'wrongPath', httpStatus: 200 },
		'CometAPI answered with a web page or a redirect instead of data',
	],
])('%j is called "%s"', (fault, label) => {
	expect(labelOf({ ...fault, message: 'm' })).toBe(label);
});
