import { Samples } from '../samples';
import { makeBases } from './bases';
import type { CorpusFile } from './corpusFile';
import { aacFiles, pcmFiles } from './files/aacAndPcm';
import { jpgFiles } from './files/jpg';
import { m4aFiles } from './files/m4a';
import { mp3Files } from './files/mp3';
import { otherFiles } from './files/others';
import { pngFiles } from './files/png';
import { wavFiles } from './files/wav';
import { bytesToSend, judge, type Judgment } from './judge';
import { decodeAll, type Oracle } from './oracle';

const LISTS = [mp3Files, wavFiles, m4aFiles, aacFiles, pcmFiles, jpgFiles, pngFiles, otherFiles];

/** Creates the corpus in its own folder, checks each file, and compares with ffmpeg's decoder. */
export async function runCorpus(): Promise<Judgment[]> {
	const samples = new Samples();
	try {
		const bases = await makeBases(samples);
		const files = LISTS.flatMap((list) => list(bases));
		const oracles = await decode(samples, files);
		return files.map((file) => judge(file, oracles.get(file)));
	} finally {
		samples.remove();
	}
}

/** Only files that must be accepted have to be decodable. */
async function decode(samples: Samples, files: CorpusFile[]): Promise<Map<CorpusFile, Oracle>> {
	const accepted = files.filter(({ refusal }) => !refusal);
	const oracles = new Map<CorpusFile, Oracle>();
	for (const kind of ['audio', 'image'] as const) {
		const some = accepted.filter(({ checkedAs }) => checkedAs === kind);
		const found = await decodeAll(samples, kind, some.map(bytesToSend));
		some.forEach((file, index) => oracles.set(file, found[index]));
	}
	return oracles;
}
