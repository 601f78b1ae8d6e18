import { COMBINATIONS, type Combination } from './combinations';
import { concatByFfmpeg } from './concat';
import { decode, hashes, type Decoded } from './decode';
import { expectJoined, isSilence } from './expectJoined';
import { joinFiles } from './joinFiles';
import { Clips } from './makeClip';

const clips = new Clips();
afterAll(() => clips.remove());

const decodedClips = new Map<string, Promise<Decoded>>();

/** Decodes each clip once. */
async function decodeClip(file: string): Promise<Decoded> {
	const decoded = decodedClips.get(file) ?? decode(file);
	decodedClips.set(file, decoded);
	return await decoded;
}

async function filesOf({ clips: specs }: Combination): Promise<string[]> {
	return await Promise.all(specs.map(async (spec) => await clips.make(spec)));
}

it.each(COMBINATIONS)('$title: pictures and sound are in order and in sync', async (one) => {
	const files = await filesOf(one);
	const target = clips.samples.pathOf('joined.mp4');
	const joined = await joinFiles(files, target);
	expectJoined(joined, await decode(target), await Promise.all(files.map(decodeClip)));
});

it.each(COMBINATIONS.filter(({ isUniform }) => isUniform))(
	'$title: matches the join of ffmpeg',
	async (one) => {
		const files = await filesOf(one);
		const [ours, theirs] = [clips.samples.pathOf('ours.mp4'), clips.samples.pathOf('theirs.mp4')];
		await joinFiles(files, ours);
		await concatByFfmpeg(files, theirs);
		const [a, b] = await Promise.all([decode(ours), decode(theirs)]);
		expect(hashes(a.pictures)).toEqual(hashes(b.pictures));
		expect(hashes(a.packets).filter((hash) => !isSilence(hash))).toEqual(hashes(b.packets));
	},
);
