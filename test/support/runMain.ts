/**
 * Runs the main function of a command, and ends the process with the error message if it fails.
 *
 * @param whatFailed printed if the error has no message
 */
export function runMain(main: () => Promise<void>, whatFailed: string): void {
	main().catch((error: unknown) => {
		process.stderr.write(`${error instanceof Error ? wordsOf(error) : whatFailed}\n`);
		// Everything that has been started so far ends with the process.
		process.exit(1);
	});
}

/**
 * Node.js explains at length how to pass a name that looks like an option, but no name here does.
 */
function wordsOf(error: Error): string {
	const isMistyped = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
	if (!isMistyped) return error.message;
	const [whatIsWrong] = error.message.split('. ');
	return `${whatIsWrong}. Use --help to see the options.`;
}
