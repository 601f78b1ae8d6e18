import { redact } from '../kling/redact';
import { networkFault } from './networkFault';

/** Why a file could not be had; the sentence is for the user. */
export class DownloadFault extends Error {
	constructor(
		sentence: string,
		/** Whether the same address may give the file when asked again. */
		readonly canTryAgain: boolean,
	) {
		super(redact(sentence));
	}
}

/** A connection that broke on the way: worth another try. */
export function interrupted(error: unknown): DownloadFault {
	if (error instanceof DownloadFault) return error;
	const { code, message } = networkFault(error);
	return new DownloadFault(`The connection to the file host broke (${code ?? message}).`, true);
}
