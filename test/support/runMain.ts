/**
 * Runs the main function of a command, and ends the process with what went wrong, in words.
 *
 * @param whatFailed said where the error has no words of its own
 */
export function runMain(main: () => Promise<void>, whatFailed: string): void {
	main().catch((error: unknown) => {
		process.stderr.write(`${error instanceof Error ? wordsOf(error) : whatFailed}\n`);
		// Whatever has been started so far ends with the process.
		process.exit(1);
	});
}

/** Node.js explains at length how to pass what looks like an option as a name, which no name here does. */
function wordsOf(error: Error): string {
	const isMistyped = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
	if (!isMistyped) return error.message;
	const [whatIsWrong] = error.message.split('. ');
	return `${whatIsWrong}. Use --help to see the options.`;
}
