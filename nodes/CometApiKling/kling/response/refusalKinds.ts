import type { Fault } from '../errors/faults';
import { TRAITS, type FaultKind } from '../errors/faultTraits';

/** Codes with one meaning, regardless of the HTTP status (HTTP 200 included). */
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
	['model_not_found', 'noChannel'],
	['pre_consume_token_quota_failed', 'noCredit'],
	['task_not_exist', 'notFound'],
]);

/**
 * The statuses that say by themselves that the request was rejected. With any other one, such as
 * 408, 425 or 499, a server in between may already have passed the request on.
 */
const KIND_OF_HTTP_STATUS = new Map<number, FaultKind>([
	[400, 'badParameters'],
	[401, 'badKey'],
	[402, 'noCredit'],
	[403, 'noPermission'],
	[404, 'notFound'],
	[405, 'wrongPath'],
	[413, 'tooLarge'],
	[422, 'badParameters'],
	[429, 'rateLimited'],
	[451, 'refused'],
]);

/** What separates words in phrases and in codes such as `insufficient_user_quota`. */
const GAP = '[\\s_-]*';
const CREDIT = '(?:quota|balance|credit)s?';

/** What follows the credit: other words at some distance, or directly as in `QuotaExceeded`. */
const LATER = '(?:(?![a-z]).{0,30})?';

/**
 * Phrases for a balance or quota that is used up, in any spelling: `insufficient_quota`, `余额不足`,
 * and the words of the gateway new-api for a failed reservation.
 */
const OUT_OF_CREDIT = new RegExp(
	[
		`insufficient${GAP}(?:[a-z]+${GAP})?(?:quota|balance|credit|fund)`,
		`${CREDIT}${LATER}(?:not${GAP}enough|insufficient|exhausted|used${GAP}up|too${GAP}low)`,
		`not${GAP}enough${GAP}${CREDIT}`,
		`pre${GAP}consumed?${GAP}(?:token${GAP})?quota${GAP}failed`,
		'(?:额度|余额|配额).{0,10}(?:不足|用尽|耗尽)',
		'预扣费额度失败',
	].join('|'),
	'i',
);

/** Phrases that mean the same, or a limit on the rate of requests if the HTTP status says so. */
const OVER_QUOTA = new RegExp(`${CREDIT}${LATER}exceeded|exceeded.{0,20}${CREDIT}(?![a-z])`, 'i');

/**
 * With these statuses, such a phrase refers to the user's credit, not to a rate limit. 401 is for a
 * key whose own quota is used up.
 */
const CREDIT_STATUSES = new Set([401, 402, 403]);

const RATE_LIMIT_STATUS = 429;

/**
 * A gateway that has no channel for the request; it adds `(retry)` if it tried another channel
 * before.
 */
const NO_CHANNEL = /no available channel|无可用渠道/i;
const AFTER_RETRY = /[(（]\s*retry\s*[)）]/i;

const UNAVAILABLE_STATUS = 503;

/** A request that conflicts with an earlier one: for a create, only its external ID can. */
const CONFLICT_STATUS = 409;

/** Words that distinguish the rejection of a repeated external ID from other rejections. */
const EXTERNAL_ID = /external[\s_-]?(?:task[\s_-]?)?id|外部(?:任务)?\s*(?:id|编号|标识)/i;
const REPEATED = /exist|already|duplicat|unique|repeat|重复|已经?(?:存在|使用|被)/i;
const NOT_THERE = /n[o']t[\s_]exist|non-?existent/i;

/** A shorter external ID, which only users choose, may be part of any text. */
const MIN_NAMED_CHARACTERS = 12;

/** The kind of a code that has one meaning; `undefined` for all others. */
export function kindOfCode(code: string): FaultKind | undefined {
	return KIND_OF_CODE.get(code.toLowerCase());
}

/** Whether a code says that no task was created, and that a later attempt may create one. */
export function isTemporaryCode(code: string): boolean {
	const kind = kindOfCode(code);
	return kind !== undefined && TRAITS[kind].create === 'none-yet';
}

/** Whether an HTTP status alone says that no task was created. */
export function isRefusalStatus(httpStatus: number): boolean {
	return TRAITS[kindOfHttpStatus(httpStatus)].create !== 'unknown';
}

/**
 * The kind of a rejection: by its code if that is known, then by its message, then by its status.
 */
export function kindOfRefusal(
	httpStatus: number,
	code: string | undefined,
	message: string,
): FaultKind {
	return (
		(code === undefined ? undefined : kindOfCode(code)) ??
		kindOfWords(httpStatus, code ?? '', message) ??
		kindOfHttpStatus(httpStatus)
	);
}

/**
 * Whether the rejection of a create request is about its external ID, which a task already has.
 * Except for a temporary rejection, the words decide whatever the code is, because each gateway
 * uses a code of its own.
 *
 * @param texts all texts of the response
 * @param sentId the request's external ID
 */
export function isRepeatedId(
	{ kind, httpStatus, code }: Pick<Fault, 'kind' | 'httpStatus' | 'code'>,
	texts: string[],
	sentId: string | undefined,
): boolean {
	const isKnown = code !== undefined && kindOfCode(code) !== undefined;
	if (!isKnown && httpStatus === CONFLICT_STATUS) return true;
	if (code !== undefined && isTemporaryCode(code)) return false;
	const namesId = (text: string): boolean =>
		sentId !== undefined && sentId.length >= MIN_NAMED_CHARACTERS && text.includes(sentId);
	return texts.some((text) => {
		if (NOT_THERE.test(text)) return false;
		if (REPEATED.test(text)) return EXTERNAL_ID.test(text) || namesId(text);
		return kind === 'badParameters' && namesId(text);
	});
}

function kindOfWords(httpStatus: number, code: string, message: string): FaultKind | undefined {
	if (OUT_OF_CREDIT.test(code)) return 'noCredit';
	if (OVER_QUOTA.test(code) && httpStatus !== RATE_LIMIT_STATUS) return 'noCredit';
	const isUsedUp = OUT_OF_CREDIT.test(message) || OVER_QUOTA.test(message);
	if (isUsedUp && CREDIT_STATUSES.has(httpStatus)) return 'noCredit';
	const hasNoChannel = NO_CHANNEL.test(message) && !AFTER_RETRY.test(message);
	return httpStatus === UNAVAILABLE_STATUS && hasNoChannel ? 'noChannel' : undefined;
}

function kindOfHttpStatus(httpStatus: number): FaultKind {
	if (httpStatus >= 400) return KIND_OF_HTTP_STATUS.get(httpStatus) ?? 'unavailable';
	// An unknown code with HTTP 200 says neither that a task was created nor that it was not.
	return 'malformedResponse';
}
