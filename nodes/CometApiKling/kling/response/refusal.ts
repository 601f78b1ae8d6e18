import type { Fault } from '../errors/faults';
import type { HttpResponse, ResponseContext } from './httpResponse';
import { isRecord, textOf, type JsonRecord } from '../json';
import { redact } from '../errors/redact';
import { isRefusalStatus, kindOfRefusal } from './refusalKinds';
import { codesOf, isRefusalCode, textsOf, wrappedRefusalCode } from './wrappedCode';

/**
 * The rejection in a response, if it contains one: a code other than success, an `error`, or an
 * HTTP status of 400 or above.
 *
 * @param envelopes the layers around the task, from the outermost to the innermost
 */
export function readRefusal(
	response: HttpResponse,
	envelopes: JsonRecord[],
	{ secret }: ResponseContext,
): Fault | undefined {
	const codes = envelopes.flatMap(codesOf).filter((code) => !isGoodCode(code));
	const hasError = codes.length > 0 || envelopes.some(({ error }) => isRecord(error));
	if (!hasError && response.httpStatus < 400) return undefined;
	const message = redact(messageIn(envelopes), secret);
	const direct = codes.find(isRefusalCode);
	const trustsWords = isRefusalStatus(response.httpStatus);
	const code = direct ?? wrappedRefusalCode(envelopes.flatMap(textsOf), trustsWords) ?? codes[0];
	return refusal(response, code, message, { secret, isWrapped: direct === undefined });
}

/**
 * The rejection in a response that is not a JSON object; `message` is the part of its text to show.
 */
export function readTextRefusal(
	response: HttpResponse,
	message: string,
	{ secret }: ResponseContext,
): Fault {
	// Kling and gateways respond in JSON; the numbers in other bodies are those of a server before them.
	const code = wrappedRefusalCode([message], false);
	const shown = redact(message, secret);
	const fault = refusal(response, code, shown, { secret, isWrapped: true });
	// CometAPI uses JSON to report that a key lacks permission; other bodies come from a firewall.
	return fault.kind === 'noPermission' ? { ...fault, kind: 'firewall' } : fault;
}

function refusal(
	response: HttpResponse,
	code: string | undefined,
	message: string,
	{ secret, isWrapped }: { secret?: string; isWrapped: boolean },
): Fault {
	const kind = kindOfRefusal(response.httpStatus, code, message);
	// Inside a gateway's text, it is the gateway's own key that Kling did not accept, not the user's.
	const isForeignKey = isWrapped && kind === 'badKey' && response.httpStatus !== 401;
	return {
		kind: isForeignKey ? 'account' : kind,
		message,
		httpStatus: response.httpStatus,
		...(code !== undefined && { code: redact(code, secret) }),
		...(response.retryAfterMs !== undefined && { retryAfterMs: response.retryAfterMs }),
	};
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
