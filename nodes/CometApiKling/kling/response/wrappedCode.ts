import { isRecord, parseJson, textOf, type JsonRecord } from '../json';
import { TRAITS } from '../errors/faultTraits';
import { isTemporaryCode, kindOfCode } from './refusalKinds';
import { layersOf } from './taskLayers';

/**
 * A code after a word that announces it: `code=1303`, `"code": 1303`, `error 1303`, `错误码：1303`.
 * Milliseconds are not a code.
 */
const CODE_IN_WORDS = /(?:code|error|err|错误码)[^\w]{0,4}(\d{4})\b(?!\s*(?:ms|milli))/gi;

/** Kling's own message for 1303, which gateways repeat without the code. */
const TOO_MANY_TASKS = /parallel task over (?:resource pack )?limit/i;

/** A gateway that timed out itself does not know what happened to the request. */
const TIMED_OUT = /time[d\s-]*out|超时/i;

/** Gateways wrap the body of another gateway, which wraps Kling's. This limits the depth. */
const MAX_DEPTH = 4;

/** Texts of one response are searched up to this length; error texts are short. */
const MAX_TEXT_CHARACTERS = 20_000;

/** A code, and whether it was found in words, not in the JSON of an error body. */
interface FoundCode {
	code: string;
	inWords: boolean;
}

/**
 * Kling's code inside the texts of a gateway's error (docs/maintainers/service-notes.md#errors): in
 * words, or as JSON in a string.
 *
 * Only clear cases count: exactly one code, which says that Kling rejected the request, in a text
 * that does not mention a timeout. Codes of internal errors (5000 to 5002) are not rejections.
 *
 * @param trustsWords whether any code counts in words. If not, only the temporary rejections do:
 * Cloudflare uses the other numbers for errors of its own, after which a task may exist.
 */
export function wrappedRefusalCode(texts: string[], trustsWords: boolean): string | undefined {
	if (texts.some((text) => TIMED_OUT.test(text))) return undefined;
	const found = texts.flatMap((text) => codesIn(text, MAX_DEPTH));
	const [code, ...others] = [...new Set(found.map((one) => one.code))];
	if (code === undefined || others.length > 0 || !isRefusalCode(code)) return undefined;
	const isProven = trustsWords || isTemporaryCode(code) || found.some(({ inWords }) => !inWords);
	return isProven ? code : undefined;
}

/** Whether a code says for certain that no task was created. */
export function isRefusalCode(code: string): boolean {
	const kind = kindOfCode(code);
	return kind !== undefined && TRAITS[kind].create !== 'unknown';
}

/** The texts of an envelope that may contain the body that the gateway received. */
export function textsOf(envelope: JsonRecord): string[] {
	const inner = isRecord(envelope.error) ? envelope.error : {};
	return [envelope, inner]
		.flatMap(({ message, msg, error, detail, data }) => [message, msg, error, detail, data])
		.flatMap((value) => (typeof value === 'string' ? (textOf(value) ?? []) : []));
}

/** A text and those of the JSON inside it, at all depths. */
export function textsWithin(text: string, depthLeft = MAX_DEPTH): string[] {
	const inner = depthLeft === 0 ? [] : layersWithin(text).flatMap(textsOf);
	return [text, ...inner.flatMap((one) => textsWithin(one, depthLeft - 1))];
}

/** The known codes of a layer that reports an error, or of the error in it. */
export function codesOf(envelope: JsonRecord): string[] {
	const code = textOf(isRecord(envelope.error) ? envelope.error.code : envelope.code);
	return code === undefined ? [] : [code];
}

function codesIn(text: string, depthLeft: number): FoundCode[] {
	if (depthLeft === 0 || text.length > MAX_TEXT_CHARACTERS) return [];
	const layers = layersWithin(text);
	if (layers.length > 0) {
		const inner = layers.flatMap(textsOf).flatMap((one) => codesIn(one, depthLeft - 1));
		return [...known(layers.flatMap(codesOf), false), ...inner];
	}
	const found = [...text.matchAll(CODE_IN_WORDS)].flatMap(([, code]) => code ?? []);
	return known(found.length === 0 && TOO_MANY_TASKS.test(text) ? ['1303'] : found, true);
}

/** The layers of a JSON object that may have words around it. */
function layersWithin(text: string): JsonRecord[] {
	if (text.length > MAX_TEXT_CHARACTERS) return [];
	const json = parseJson(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
	return isRecord(json) ? layersOf(json) : [];
}

function known(codes: string[], inWords: boolean): FoundCode[] {
	return codes.filter((code) => kindOfCode(code)).map((code) => ({ code, inWords }));
}
