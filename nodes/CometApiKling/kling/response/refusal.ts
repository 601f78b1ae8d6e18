import type { Fault } from '../errors/faults';
import type { HttpResponse, ResponseContext } from './httpResponse';
import { isRecord, textOf, type JsonRecord } from '../json';
import { redact } from '../errors/redact';
import { isRefusalStatus, isRepeatedId, kindOfRefusal } from './refusalKinds';
import { codesOf, isRefusalCode, textsOf, textsWithin, wrappedRefusalCode } from './wrappedCode';

/**
 * The rejection in a response, if it contains one: a code other than success, an `error`, or an
 * HTTP status of 400 or above.
 *
 * @param envelopes the layers around the task, from the outermost to the innermost
 */
export function readRefusal(
	response: HttpResponse,
	envelopes: JsonRecord[],
	context: ResponseContext,
): Fault | undefined {
	const codes = envelopes.flatMap(codesOf).filter((code) => !isGoodCode(code));
	const hasError = codes.length > 0 || envelopes.some(({ error }) => isRecord(error));
	if (!hasError && response.httpStatus < 400) return undefined;
	const message = redact(messageIn(envelopes), context.secret);
	const direct = codes.find(isRefusalCode);
	const texts = envelopes.flatMap(textsOf);
	const trustsWords = isRefusalStatus(response.httpStatus);
	const code = direct ?? wrappedRefusalCode(texts, trustsWords) ?? codes[0];
	const isWrapped = direct === undefined;
	return refusal(response, code, message, { context, texts, isWrapped });
}

/**
 * The rejection in a response that is not a JSON object; `message` is the part of its text to show.
 */
export function readTextRefusal(
	response: HttpResponse,
	message: string,
	context: ResponseContext,
): Fault {
	// Kling and gateways respond in JSON; the numbers in other bodies are those of a server before them.
	const code = wrappedRefusalCode([message], false);
	const shown = redact(message, context.secret);
	const fault = refusal(response, code, shown, { context, texts: [message], isWrapped: true });
	// CometAPI uses JSON to report that a key lacks permission; other bodies come from a firewall.
	return fault.kind === 'noPermission' ? { ...fault, kind: 'firewall' } : fault;
}

function refusal(
	response: HttpResponse,
	code: string | undefined,
	message: string,
	{ context, texts, isWrapped }: { context: ResponseContext; texts: string[]; isWrapped: boolean },
): Fault {
	const { httpStatus, retryAfterMs } = response;
	const kind = kindOfRefusal(httpStatus, code, message);
	const fault: Fault = {
		kind,
		message,
		httpStatus,
		...(code !== undefined && { code: redact(code, context.secret) }),
		...(retryAfterMs !== undefined && { retryAfterMs }),
	};
	const isCreate = context.askedId === undefined;
	const allTexts = texts.flatMap((text) => textsWithin(text));
	if (isCreate && isRepeatedId({ kind, httpStatus, code }, allTexts, context.externalTaskId)) {
		return { ...fault, kind: 'duplicateId' };
	}
	// Inside a gateway's text, it is the gateway's own key that Kling did not accept, not the user's.
	const isForeignKey = isWrapped && kind === 'badKey' && httpStatus !== 401;
	return isForeignKey ? { ...fault, kind: 'account' } : fault;
}

/**
 * docs/maintainers/service-notes.md#tasks: `code` 0, `"0"` or `"success"` means success; gateways
 * also repeat the HTTP status.
 */
function isGoodCode(code: string): boolean {
	return ['0', '200', 'success', 'succeed'].includes(code.toLowerCase());
}

function messageIn(envelopes: JsonRecord[]): string {
	for (const layer of envelopes) {
		const source = isRecord(layer.error) ? layer.error : layer;
		const text = textOf(source.message) ?? textOf(source.msg) ?? textOf(layer.error);
		if (text !== undefined) return text;
	}
	return '';
}
