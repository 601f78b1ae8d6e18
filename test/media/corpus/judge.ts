import { checkAudio } from '../../../nodes/CometApiKling/media/audio/checkAudio';
import { wrapRawPcm } from '../../../nodes/CometApiKling/media/audio/rawPcm';
import { checkImage } from '../../../nodes/CometApiKling/media/image/checkImage';
import type { CorpusFile } from './corpusFile';
import type { Oracle } from './oracle';

/** The difference that issue 10 allows between our length and that of ffmpeg's decoder. */
export const TOLERANCE_SECONDS = 0.1;

export const OUTCOMES = [
	'agrees with ffmpeg',
	'refused for the right reason',
	'FALSE REFUSAL',
	'ACCEPTED WRONGLY',
	'WRONG REASON',
	'WRONG LENGTH OR SIZE',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Judgment {
	file: CorpusFile;
	outcome: Outcome;
	/** The result of our check: seconds, a size, or the problem. */
	ours: string;
	/** What ffmpeg's decoder found. */
	theirs: string;
}

const GOOD_OUTCOMES: Outcome[] = ['agrees with ffmpeg', 'refused for the right reason'];

/** Whether the check was wrong about a file. */
export function isFailure({ outcome }: Judgment): boolean {
	return !GOOD_OUTCOMES.includes(outcome);
}

/** The bytes that are checked and sent: raw PCM gets its header first. */
export function bytesToSend({ bytes, mimeType }: CorpusFile): Buffer {
	return Buffer.from((mimeType && wrapRawPcm(bytes, mimeType)?.bytes) || bytes);
}

/** Compares the result of our check with the expected result, and with ffmpeg's decoder. */
export function judge(file: CorpusFile, oracle: Oracle): Judgment {
	const bytes = bytesToSend(file);
	const result = file.checkedAs === 'audio' ? checkAudio(bytes) : checkImage(bytes);
	const theirs = describe(oracle);
	if (!result.ok) {
		const ours = result.problem;
		if (!file.refusal) return { file, outcome: 'FALSE REFUSAL', ours, theirs };
		const isRight = file.refusal.test(result.problem);
		const outcome = isRight ? 'refused for the right reason' : 'WRONG REASON';
		return { file, outcome, ours, theirs };
	}
	const { facts } = result;
	const ours = describe(facts);
	if (file.refusal) return { file, outcome: 'ACCEPTED WRONGLY', ours, theirs };
	const agrees =
		oracle !== undefined &&
		('seconds' in facts
			? 'seconds' in oracle && Math.abs(facts.seconds - oracle.seconds) <= TOLERANCE_SECONDS
			: 'width' in oracle && facts.width === oracle.width && facts.height === oracle.height);
	const outcome = agrees ? 'agrees with ffmpeg' : 'WRONG LENGTH OR SIZE';
	return { file, outcome, ours, theirs };
}

function describe(facts: Oracle): string {
	if (!facts) return 'cannot decode it';
	return 'seconds' in facts ? `${facts.seconds.toFixed(2)} s` : `${facts.width} x ${facts.height}`;
}
