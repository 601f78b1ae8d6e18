/** What an example does in one execution. */
export interface Expectation {
	paid: number;
	/** Videos that it writes to n8n's file folder. */
	videos: number;
	/** Length of the voice, and thus of each video. */
	seconds?: number;
	/**
	 * Whether it needs a real n8n server, because someone calls it (CometAPI, a form, an approval) or
	 * because the engine alone lacks some of its nodes (Data Table, AI nodes).
	 */
	needsServer?: boolean;
}

/** By the number in the example's file name. */
const EXPECTED: Record<string, Expectation> = {
	'01': { paid: 1, videos: 1, seconds: 4 },
	'02': { paid: 2, videos: 1, seconds: 4.7 },
	'03': { paid: 1, videos: 1, seconds: 4 },
	'04': { paid: 2, videos: 1, seconds: 3.8 },
	'05': { paid: 2, videos: 1, seconds: 4.9 },
	'06': { paid: 1, videos: 0 },
	'07': { paid: 0, videos: 1, needsServer: true },
	'08': { paid: 1, videos: 1, needsServer: true },
	'09': { paid: 20, videos: 10, seconds: 3 },
	'10': { paid: 1, videos: 1, seconds: 4 },
	'11': { paid: 2, videos: 0, needsServer: true },
	'12': { paid: 2, videos: 0, needsServer: true },
	'13': { paid: 2, videos: 0, needsServer: true },
	'14': { paid: 1, videos: 1, seconds: 4 },
	'15': { paid: 1, videos: 1, seconds: 4 },
	'16': { paid: 6, videos: 1, seconds: 116.1 },
	'17': { paid: 6, videos: 1, seconds: 12 },
};

/** @throws if there is no expectation for the example */
export function expectationOf(exampleName: string): Expectation {
	const expected = EXPECTED[exampleName.slice(0, 2)];
	if (!expected) throw new Error(`Add an expectation for ${exampleName} here.`);
	return expected;
}
