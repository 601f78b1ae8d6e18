import { hideSecret, redact } from '../../kling/errors/redact';
import { networkFault } from '../networkFault';

/** The longest signed URLs of file hosts fit; anything longer is of no use to a person. */
const MAX_LINK_CHARACTERS = 2_000;

/** Why a file could not be downloaded, in a sentence for the user. */
export class DownloadFault extends Error {
	constructor(
		sentence: string,
		/** Whether the same URL may return the file if it is requested again. */
		readonly canTryAgain: boolean,
		/** Follows the sentence unchanged. */
		rest = '',
	) {
		super(`${redact(sentence)}${rest}`);
	}
}

/** The connection was lost during the download, so another attempt makes sense. */
export function interrupted(error: unknown): DownloadFault {
	if (error instanceof DownloadFault) return error;
	const { code, message } = networkFault(error);
	return new DownloadFault(`The connection to the file host failed (${code ?? message}).`, true);
}

/** The file arrived, but n8n could not store it. A full disk would still be full a moment later. */
export function notStored(error: unknown): DownloadFault {
	const { code, message } = networkFault(error);
	return new DownloadFault(`n8n could not store the file (${code ?? message}).`, false);
}

/**
 * The same fault with the complete URL added, so that the user can still fetch the file; a signed
 * URL does not work without its query.
 *
 * @param secret the API key, which is hidden in the sentence and the URL
 */
export function withLink(fault: DownloadFault, link: string, secret: string): DownloadFault {
	const encoded = URL.canParse(link) ? new URL(link).href : link.replace(/[\p{Cc}\p{Cf}]/gu, '');
	const shown = hideSecret(encoded, secret).slice(0, MAX_LINK_CHARACTERS);
	return new DownloadFault(
		hideSecret(fault.message, secret),
		fault.canTryAgain,
		` URL of the file: ${shown}`,
	);
}
