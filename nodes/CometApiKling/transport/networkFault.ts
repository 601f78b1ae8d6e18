import type { Fault } from '../kling/faults';
import { isRecord, textOf, type JsonRecord } from '../kling/json';
import { redact } from '../kling/redact';

/** Errors that only come before a connection stands, whatever the step that they name. */
const BEFORE_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ERR_INVALID_CHAR']);

/** Steps of Node.js that come before anything is sent; `read` and `write` come after. */
const EARLY_STEPS = new Set(['connect', 'getaddrinfo']);

/** Node.js checks the certificate before it sends; these are the codes of OpenSSL and its own. */
const CERTIFICATE = /^(CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH$)/;

/** The codes and reasons of a TLS handshake that failed: EPROTO alone can also come later. */
const TLS_CODE = /^(EPROTO$|ERR_SSL_)/;
const HANDSHAKE =
	/wrong[ _]version[ _]number|http[ _]request|packet[ _]length[ _]too[ _]long|handshake|unsupported[ _]protocol|no[ _]protocols|protocol[ _]version|unrecognized[ _]name|no[ _](shared[ _])?cipher/i;

/** What Node.js says where the other end hangs up during the handshake; the code is ECONNRESET. */
const BEFORE_TLS = /before secure TLS connection was established/;

/** Errors are wrapped in errors (n8n's around axios's around Node's), but not without end. */
const MAX_CAUSES = 5;

/**
 * Turns whatever a failed request threw into a fault. Only its code and its message are taken:
 * the error itself carries the request, and so the key and the media (SPEC 7).
 *
 * It counts as `unreachable` (nothing was sent) only if the error comes from before that: refused
 * connections and unknown names always do; a time-out or an unreachable network only while
 * connecting; TLS errors only in the handshake.
 */
export function networkFault(error: unknown): Fault {
	const chain = causesOf(error);
	const codes = chain.map(codeOf);
	const code = codes.find((candidate) => candidate !== undefined);
	return {
		kind: chain.some(isBeforeSending) ? 'unreachable' : 'interrupted',
		message: redact(error instanceof Error ? error.message : 'unknown error'),
		...(code !== undefined && { code }),
	};
}

/** An error, and what it was made of. */
function causesOf(error: unknown): JsonRecord[] {
	const chain: JsonRecord[] = [];
	for (let current = error; chain.length < MAX_CAUSES && isRecord(current); ) {
		chain.push(current);
		current = current.cause;
	}
	return chain;
}

function codeOf(error: JsonRecord): string | undefined {
	const code =
		textOf(error.code) ??
		// n8n 1.123 to 2.8 keeps neither the code nor the cause, but puts the code here.
		textOf(error.httpCode) ??
		(isRecord(error.context) ? textOf(error.context.code) : undefined);
	return code !== undefined && /^[A-Z][A-Z0-9_]+$/.test(code) ? code : undefined;
}

function isBeforeSending(error: JsonRecord): boolean {
	const code = codeOf(error);
	if (code === undefined) return false;
	if (BEFORE_CONNECTION.has(code) || CERTIFICATE.test(code)) return true;
	const texts = textsOf(error);
	if (TLS_CODE.test(code) && texts.some((text) => HANDSHAKE.test(text) || HANDSHAKE.test(code))) {
		return true;
	}
	if (texts.some((text) => BEFORE_TLS.test(text))) return true;
	// With several addresses for a name, Node.js gathers the error of each.
	const parts = Array.isArray(error.errors) ? error.errors.filter(isRecord) : [];
	if (parts.length > 0) return parts.every(isEarlyStep);
	return isEarlyStep(error) || texts.some((text) => text.startsWith(`connect ${code} `));
}

function isEarlyStep({ syscall }: JsonRecord): boolean {
	return typeof syscall === 'string' && EARLY_STEPS.has(syscall);
}

/** n8n puts words of its own in place of a message, and keeps the message among these. */
function textsOf({ message, description, messages }: JsonRecord): string[] {
	const others: unknown[] = Array.isArray(messages) ? messages : [];
	return [message, description, ...others].filter((text) => typeof text === 'string');
}
