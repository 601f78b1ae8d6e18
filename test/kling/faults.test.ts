import {
	adviceFor,
	canAskAgain,
	effectOnCreate,
	labelOf,
	whatHappened,
	type Fault,
} from '../../nodes/CometApiKling/kling/errors/faults';
import type { FaultKind } from '../../nodes/CometApiKling/kling/errors/faultTraits';

/** The requirements for each kind: whether a query continues, and whether a create was charged. */
const KINDS: Record<FaultKind, [again: boolean, create: string, words: RegExp, advice: RegExp]> = {
	badKey: [false, 'none', /API key/, /credential.*paste a current key/],
	account: [false, 'none', /account restriction/, /balance.*CometAPI support.*does not help/],
	noCredit: [false, 'none', /out of credit/, /balance.*quota of the API key.*top up/],
	noPermission: [false, 'none', /no permission/, /which models the key may use/],
	firewall: [false, 'none', /firewall blocked/, /network.*proxy.*support/],
	badParameters: [false, 'none', /rejected the request parameters/, /named in the message/],
	duplicateId: [
		false,
		'none',
		/external task ID already exists/,
		/different 'External Task ID'.*Task > Get/,
	],
	invalidId: [false, 'none', /task ID cannot be used/, /Enter only the ID/],
	notFound: [false, 'none', /could not find the task/, /task ID and the task type.*30 days/],
	contentPolicy: [false, 'none', /content policy blocked/, /another image, voice, text or prompt/],
	tooFast: [true, 'none-yet', /too many requests/, /Lower 'Max Concurrent Tasks'/],
	tooManyTasks: [true, 'none-yet', /too many tasks/, /Wait until other tasks finish/],
	rateLimited: [true, 'none-yet', /rate limiting/, /Wait a minute/],
	noChannel: [true, 'none-yet', /no channel available/, /Wait a few minutes.*key may use/],
	tooLarge: [false, 'none', /larger than CometAPI accepts/, /smaller image.*as URLs/],
	refused: [false, 'none', /rejected the request/, /code in the CometAPI documentation/],
	unavailable: [true, 'unknown', /temporarily unavailable/, /Wait a few minutes/],
	wrongPath: [false, 'none', /web page or a redirect/, /Base URL.*Custom Path/],
	unreachable: [true, 'none-yet', /could not be reached/, /Base URL.*network/],
	interrupted: [true, 'unknown', /connection to CometAPI was lost/, /network of the machine/],
	otherTask: [true, 'unknown', /different task/, /task type.*both IDs/],
	malformedResponse: [true, 'unknown', /could not be read/, /Wait a few minutes/],
};

test.each(Object.entries(KINDS))('%s', (name, [again, create, words, advice]) => {
	const kind = Object.keys(KINDS).find((one): one is FaultKind => one === name);
	if (kind === undefined) throw new Error('There is no such kind.');
	const fault: Fault = { kind, message: '' };
	expect(canAskAgain(fault)).toBe(again);
	expect(effectOnCreate(fault)).toBe(create);
	// The title must be a sentence that can be continued, and the advice full sentences.
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
	[{ kind: 'malformedResponse', httpStatus: 200 }, 'unreadable response'],
	[{ kind: 'otherTask', httpStatus: 200 }, 'response about a different task'],
	[{ kind: 'malformedResponse', httpStatus: 200, code: '77' }, 'code 77'],
	[
		{ kind: 'wrongPath', httpStatus: 200 },
		'CometAPI returned a web page or a redirect instead of JSON',
	],
])('the label of %j is "%s"', (fault, label) => {
	expect(labelOf({ ...fault, message: 'm' })).toBe(label);
});
