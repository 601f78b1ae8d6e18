import type { Fault } from '../faults';
import type { HttpResponse, ResponseContext } from './httpResponse';
import { isRecord, textOf, type JsonRecord } from '../json';
import { redact } from '../redact';
import { kindOfRefusal } from './refusalKinds';
import { codesOf, isRefusalCode, textsOf, wrappedRefusalCode } from './wrappedCode';

/**
 * The refusal in a response, if it holds one: a code that is not good, an `error`, or an HTTP status
 * from 400 on.
 *
 * @param envelopes the layers around the task, from the outside in
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
	const wrapped = direct ?? wrappedRefusalCode(envelopes.flatMap(textsOf));
	const code = wrapped ?? codes[0];
	return refusal(response, code, message, { secret, isWrapped: direct === undefined });
}

/** The refusal in a response that is not a JSON object; `message` is what of its text is shown. */
export function readTextRefusal(
	response: HttpResponse,
	message: string,
	{ secret }: ResponseContext,
): Fault {
	const code = wrappedRefusalCode([message]);
	const shown = redact(message, secret);
	const fault = refusal(response, code, shown, { secret, isWrapped: true });
	// CometAPI says in JSON that a key lacks a permission; anything else comes from a firewall.
	return fault.kind === 'noPermission' ? { ...fault, kind: 'firewall' } : fault;
}

function refusal(
	response: HttpResponse,
	code: string | undefined,
	message: string,
	{ secret, isWrapped }: { secret?: string; isWrapped: boolean },
): Fault {
	const kind = kindOfRefusal(response.httpStatus, code, message);
	// Inside a gateway's text it is the gateway's own key that Kling did not accept, not the user's.
	const isForeignKey = isWrapped && kind === 'badKey' && response.httpStatus !== 401;
	return {
		kind: isForeignKey ? 'account' : kind,
		message,
		httpStatus: response.httpStatus,
		...(code !== undefined && { code: redact(code, secret) }),
		...(response.retryAfterMs !== undefined && { retryAfterMs: response.retryAfterMs }),
	};
}

/** API.md 3: `code` 0, `"0"` or `"success"` is good; gateways also repeat the HTTP status. */
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
