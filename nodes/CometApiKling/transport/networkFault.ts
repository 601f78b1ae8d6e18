import type { Fault } from '../kling/faults';
import { isRecord, textOf } from '../kling/json';
import { redact } from '../kling/redact';

/** Errors that come before a connection stands, so that nothing of the request was sent. */
const NOTHING_SENT = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'ENETUNREACH',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Errors are wrapped in errors (n8n's around axios's around Node's), but not without end. */
const MAX_CAUSES = 5;

/**
 * Turns whatever a failed request threw into a fault. Only its code and its message are taken:
 * the error itself carries the request, and so the key and the media (SPEC 7).
 */
export function networkFault(error: unknown): Fault {
	const code = networkCode(error);
	return {
		kind: code !== undefined && NOTHING_SENT.has(code) ? 'unreachable' : 'interrupted',
		message: redact(messageOf(error)),
		...(code !== undefined && { code }),
	};
}

function networkCode(error: unknown): string | undefined {
	let current = error;
	for (let depth = 0; depth < MAX_CAUSES && isRecord(current); depth++) {
		const code =
			textOf(current.code) ??
			// n8n 1.123 to 2.8 keeps neither the code nor the cause, but puts the code here.
			textOf(current.httpCode) ??
			(isRecord(current.context) ? textOf(current.context.code) : undefined);
		if (code !== undefined && /^[A-Z][A-Z_]+$/.test(code)) return code;
		current = current.cause;
	}
	return undefined;
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : 'unknown error';
}
