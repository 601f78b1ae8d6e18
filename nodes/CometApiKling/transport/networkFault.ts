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

/** The codes of a failed TLS handshake: EPROTO alone can also occur later. */
const TLS_CODE = /^(EPROTO$|ERR_SSL_)/;

/** The reasons for which OpenSSL ends a handshake itself. */
const HANDSHAKE =
	/wrong[ _]version[ _]number|http[ _]request|packet[ _]length[ _]too[ _]long|handshake|unsupported[ _]protocol|no[ _]protocols|protocol[ _]version|unrecognized[ _]name|no[ _](shared[ _])?cipher/i;

/**
 * OpenSSL's functions for the messages of a handshake. Two kinds of message follow the handshake, so
 * the request may have been sent before them.
 */
const HANDSHAKE_STEP = /\btls_process_(?!new_session_ticket|key_update)/;

/**
 * The alerts that a server sends only in the handshake (RFC 8446, section 6.2). In TLS 1.3, a request
 * may already be on its way when the server rejects a certificate, but the server does not read it.
 * Other alerts, such as `internal error`, can also follow a request.
 */
const HANDSHAKE_ALERTS = [
	'no certificate',
	'bad certificate',
	'unsupported certificate',
	'certificate revoked',
	'certificate expired',
	'certificate unknown',
	'illegal parameter',
	'unknown ca',
	'access denied',
	'decode error',
	'decrypt error',
	'export restriction',
	'insufficient security',
	'inappropriate fallback',
	'missing extension',
	'unsupported extension',
	'certificate unobtainable',
	'unknown psk identity',
	'certificate required',
	'no application protocol',
];

/** OpenSSL names alerts `tlsv1 alert access denied` and, in codes, `TLSV1_ALERT_ACCESS_DENIED`. */
const HANDSHAKE_ALERT = new RegExp(
	`(?:alert|tlsv1)[ _](?:${HANDSHAKE_ALERTS.join('|').replaceAll(' ', '[ _]')})`,
	'i',
);

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
	// OpenSSL 3.2 and later have codes such as `ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE`.
	return code !== undefined && /^[A-Z][A-Z0-9_/]+$/.test(code) ? code : undefined;
}

function isBeforeSending(error: JsonRecord): boolean {
	const code = codeOf(error);
	if (code === undefined) return false;
	if (BEFORE_CONNECTION.has(code) || CERTIFICATE.test(code)) return true;
	const texts = textsOf(error);
	if (TLS_CODE.test(code) && [code, ...texts].some(isOfHandshake)) return true;
	if (texts.some((text) => BEFORE_TLS.test(text))) return true;
	// If a name has several addresses, Node.js collects the error of each.
	const parts = Array.isArray(error.errors) ? error.errors.filter(isRecord) : [];
	if (parts.length > 0) return parts.every(isEarlyStep);
	return isEarlyStep(error) || texts.some((text) => text.startsWith(`connect ${code} `));
}

function isOfHandshake(reason: string): boolean {
	return [HANDSHAKE, HANDSHAKE_STEP, HANDSHAKE_ALERT].some((pattern) => pattern.test(reason));
}

function isEarlyStep({ syscall }: JsonRecord): boolean {
	return typeof syscall === 'string' && EARLY_STEPS.has(syscall);
}

/** n8n replaces the message with its own text and keeps the original among these. */
function textsOf({ message, description, messages }: JsonRecord): string[] {
	const others: unknown[] = Array.isArray(messages) ? messages : [];
	return [message, description, ...others].filter((text) => typeof text === 'string');
}
