/** The result of checking a file. */
export type ValidationResult<Facts> =
	| {
			ok: true;
			facts: Facts;
			/** A possible issue with a file that is accepted, in full sentences. */
			hint?: string;
	  }
	| InvalidMedia;

/** Why a file cannot be used. */
export interface InvalidMedia {
	ok: false;
	/** A clause without its period: the caller puts the parameter's name before it. */
	problem: string;
	/** How to fix it, in full sentences. */
	advice: string;
}

/** The result for a file that cannot be used. */
export function invalidMedia(problem: string, advice: string): InvalidMedia {
	return { ok: false, problem, advice };
}

/** The result for an empty file. */
export function emptyFile(): InvalidMedia {
	return invalidMedia(
		'the file is empty',
		'Check the node that provides the file: it returned a file without content.',
	);
}

/**
 * A size for the user, `12.34 MB`; rounded up, so that a size just over a limit is not shown as the
 * limit.
 */
export function formatMegabytes(bytes: number): string {
	return `${Math.ceil((bytes / (1024 * 1024)) * 100) / 100} MB`;
}
