import { hideSecret, redact } from '../kling/redact';
import { networkFault } from './networkFault';

/** Room for the longest signed links of file hosts; anything longer is not for a person to use. */
const MAX_LINK_CHARACTERS = 2_000;

/** Why a file could not be downloaded; the sentence is for the user. */
export class DownloadFault extends Error {
	constructor(
		sentence: string,
		/** Whether the same address may give the file if it is requested again. */
		readonly canTryAgain: boolean,
		/** Follows the sentence unchanged. */
		rest = '',
	) {
		super(`${redact(sentence)}${rest}`);
	}
}

/** A connection that broke on the way: worth another try. */
export function interrupted(error: unknown): DownloadFault {
	if (error instanceof DownloadFault) return error;
	const { code, message } = networkFault(error);
	return new DownloadFault(`The connection to the file host broke (${code ?? message}).`, true);
}

/** The file came, but n8n could not keep it: a full disk is as full a moment later. */
export function notStored(error: unknown): DownloadFault {
	const { code, message } = networkFault(error);
	return new DownloadFault(`n8n could not store the file (${code ?? message}).`, false);
}

/**
 * The same fault with the whole link behind it, so that the user can still fetch the file; a
 * signed link is of no use without its query.
 *
 * @param secret the API key, which is hidden in sentence and link
 */
export function withLink(fault: DownloadFault, link: string, secret: string): DownloadFault {
	const encoded = URL.canParse(link) ? new URL(link).href : link.replace(/[\p{Cc}\p{Cf}]/gu, '');
	const shown = hideSecret(encoded, secret).slice(0, MAX_LINK_CHARACTERS);
	return new DownloadFault(
		hideSecret(fault.message, secret),
		fault.canTryAgain,
		` The link: ${shown}`,
	);
}
