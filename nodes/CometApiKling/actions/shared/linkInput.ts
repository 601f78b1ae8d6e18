import { pageAdvice } from '../../kling/linkedPage';
import { isPublicAddress } from '../../kling/publicAddress';
import { redact } from '../../kling/errors/redact';
import type { UserError } from '../../kling/errors/userError';
import { invalidParameter } from '../invalidParameter';
import type { ParameterReader } from '../parameterReader';
import type { MediaInput } from './mediaInput';

/** Common servers and proxies do not accept longer URLs. */
const MAX_URL_CHARACTERS = 4_000;

/** Enough of a wrong value to recognize it. */
const SHOWN_CHARACTERS = 80;

/** A scheme after a separator of lists, Chinese ones and escaped line ends included. */
const SECOND_LINK = /(?:[\s,;|，、；｜]|\\[nr]|%0[ad])+https?:\/\//i;

/** The same in a query, where an escaped line end can belong to a text. */
const SECOND_LINK_IN_QUERY = /(?:[\s,;|，、；｜]|\\[nr])+https?:\/\//gi;

/** A parameter that is itself a URL; the URLs after it can belong to the same parameter. */
const LINK_PARAMETER = /=https?:\/\//i;

/** An object instead of one of its fields. */
const OBJECT_TEXT = /\[object [A-Z][A-Za-z]*\]/;

/** Chat programs put invisible characters around a link. Such a character has no use there. */
const INVISIBLE = /[\s\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/;

/**
 * Finds traces of a faulty expression: `{{ … }}` in a field that is not set to Expression, or
 * `[object Object]`. The expression may itself contain braces.
 *
 * @returns a trace, up to 80 characters; `undefined` if there is none
 */
export function templateLeftovers(text: string): string | undefined {
	const start = text.indexOf('{{');
	const end = start === -1 ? -1 : text.indexOf('}}', start + 2);
	const leftover = end === -1 ? OBJECT_TEXT.exec(text)?.[0] : text.slice(start, end + 2);
	return leftover?.slice(0, SHOWN_CHARACTERS);
}

/**
 * Rejects a text that contains traces of a faulty expression, before it is paid for.
 *
 * @throws UserError that names the parameter
 */
export function refuseTemplateLeftovers(text: string, label: string): void {
	const leftover = templateLeftovers(text);
	if (leftover !== undefined) throw unresolved(leftover, label);
}

function unresolved(leftover: string, label: string): UserError {
	return invalidParameter(
		label,
		`contains the unresolved text "${redact(leftover)}"`,
		leftover.startsWith('{{')
			? 'Switch the field to Expression, so that n8n fills it in.'
			: 'The expression returns an object. Use the field that contains the text, for example {{ $json.text }}.',
	);
}

/**
 * Reads the URL in a media parameter. Only its syntax is checked; it is not fetched.
 *
 * @throws UserError that names the parameter
 */
export function urlInput(
	parameters: ParameterReader,
	name: string,
	label: string,
): MediaInput<never> {
	const text = parameters.requiredText(name, label, 'https://example.com/file');
	const url = checkedUrl(text, label, parameters.validation.apiIsLocal);
	const advice = pageAdvice(new URL(url));
	if (advice !== undefined) {
		throw invalidParameter(label, 'leads to a web page instead of a file', advice);
	}
	return { fingerprint: `url:${url}`, url, bytes: 0, load: async () => url };
}

/**
 * Checks that Kling can reach an http(s) URL, and returns it percent-encoded, ready to send.
 *
 * @param allowLocal whether the API itself runs on this machine, as the simulator does
 * @throws UserError that names the parameter
 */
export function checkedUrl(entered: string, label: string, allowLocal: boolean): string {
	const text = withoutInvisibleEnds(entered);
	if (text.startsWith('data:')) {
		throw invalidParameter(
			label,
			'contains a file instead of a URL',
			'Set the source to Base64, or enter a URL.',
		);
	}
	const leftover = templateLeftovers(text) ?? templateLeftovers(unescaped(text));
	if (leftover !== undefined) throw unresolved(leftover, label);
	// A longer text is refused anyway, and the search for a second URL would take quadratic time.
	if (text.length <= MAX_URL_CHARACTERS && hasSecondLink(text)) {
		throw invalidParameter(label, 'contains more than one URL', 'Enter one URL for each item.');
	}
	if (!URL.canParse(text)) {
		throw invalidParameter(
			label,
			`is not a URL: "${redact(text.slice(0, SHOWN_CHARACTERS))}"`,
			'Enter a full URL that starts with https://.',
		);
	}
	const url = new URL(text);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		throw invalidParameter(
			label,
			`starts with ${url.protocol}//`,
			'Use a URL that starts with https:// or http://.',
		);
	}
	if (!allowLocal && !isPublicAddress(url)) {
		throw invalidParameter(
			label,
			`points to ${url.hostname}, which Kling cannot reach`,
			'Use a URL that can be reached from the internet, or pass the file itself as a binary field.',
		);
	}
	const encoded = percentEncoded(url, text);
	if (encoded.length > MAX_URL_CHARACTERS) {
		throw invalidParameter(
			label,
			`is longer than ${MAX_URL_CHARACTERS} characters`,
			'Use a shorter URL.',
		);
	}
	return encoded;
}

/**
 * A URL of plain characters is sent unchanged, since any change could break its signature. If its
 * slashes are missing or reversed, other parsers could find another host than the checked one.
 */
function percentEncoded(url: URL, text: string): string {
	const isStrict = /^https?:\/\/[^/\\?#][^\\?#]*(?:[?#]|$)/i.test(text);
	return isStrict && /^[\x21-\x7e]+$/.test(text) ? text : url.href;
}

/** Loops, since a regular expression is slow on a long run of spaces inside the text. */
function withoutInvisibleEnds(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && INVISIBLE.test(text.charAt(start))) start++;
	while (end > start && INVISIBLE.test(text.charAt(end - 1))) end--;
	return text.slice(start, end);
}

/** The text with the escapes of ASCII characters decoded, as leftovers of expressions have them. */
function unescaped(text: string): string {
	return text
		.replace(/\+/g, ' ')
		.replace(/%([0-7][0-9a-f])/gi, (_escape, hex: string) =>
			String.fromCharCode(Number.parseInt(hex, 16)),
		);
}

/**
 * Whether a second URL follows. A single URL can contain others in its query, for example a list of
 * pictures to merge, or lines of a text.
 */
function hasSecondLink(text: string): boolean {
	const queryStart = text.indexOf('?');
	if (queryStart === -1) return SECOND_LINK.test(text);
	const query = text.slice(queryStart);
	return (
		SECOND_LINK.test(text.slice(0, queryStart)) ||
		[...query.matchAll(SECOND_LINK_IN_QUERY)].some(
			({ 0: found, index }) => /\s/.test(found) || !LINK_PARAMETER.test(query.slice(0, index)),
		)
	);
}
