import type { Fault } from '../kling/errors/faults';
import { isRecord, textOf, type JsonRecord } from '../kling/json';
import { redact } from '../kling/errors/redact';

/** Errors that occur only before a connection is established, whatever step they name. */
const BEFORE_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ERR_INVALID_CHAR']);

/** Steps of Node.js that happen before anything is sent; `read` and `write` happen later. */
const EARLY_STEPS = new Set(['connect', 'getaddrinfo']);

/**
 * Node.js checks the certificate before it sends anything. These are the codes of OpenSSL and of
 * Node.js.
 */
const CERTIFICATE = /^(CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH$)/;

/** The codes and reasons of a failed TLS handshake: EPROTO alone can also occur later. */
const TLS_CODE = /^(EPROTO$|ERR_SSL_)/;
const HANDSHAKE =
	/wrong[ _]version[ _]number|http[ _]request|packet[ _]length[ _]too[ _]long|handshake|unsupported[ _]protocol|no[ _]protocols|protocol[ _]version|unrecognized[ _]name|no[ _](shared[ _])?cipher/i;

/**
 * Node.js says this if the other end closes the connection during the handshake; the code is
 * ECONNRESET.
 */
const BEFORE_TLS = /before secure TLS connection was established/;

/** Errors wrap other errors (n8n's wraps axios's, which wraps Node's). This limits the depth. */
const MAX_CAUSES = 5;

/**
 * Turns any error of a failed request into a fault. Only its code and its message are used: the
 * error itself contains the request, and so the key and the media.
 *
 * The fault is `unreachable` (nothing was sent) only if the error occurred before sending: refused
 * connections and unknown names always do; a timeout or an unreachable network only while
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

/** An error and the errors that it wraps. */
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
	// If a name has several addresses, Node.js collects the error of each.
	const parts = Array.isArray(error.errors) ? error.errors.filter(isRecord) : [];
	if (parts.length > 0) return parts.every(isEarlyStep);
	return isEarlyStep(error) || texts.some((text) => text.startsWith(`connect ${code} `));
}

function isEarlyStep({ syscall }: JsonRecord): boolean {
	return typeof syscall === 'string' && EARLY_STEPS.has(syscall);
}

/** n8n replaces the message with its own text and keeps the original among these. */
function textsOf({ message, description, messages }: JsonRecord): string[] {
	const others: unknown[] = Array.isArray(messages) ? messages : [];
	return [message, description, ...others].filter((text) => typeof text === 'string');
}
