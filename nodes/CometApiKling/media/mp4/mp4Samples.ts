import { boxesIn, findBox, textIn, uint32In, type Box } from './mp4Boxes';

/** Sample formats that can be decoded only with the key: the standard one, iTunes and Audible. */
const ENCRYPTED_FORMATS = ['enca', 'drms', 'aavd'];

/** AAC, ALAC, MP3, and the PCM formats of QuickTime (QuickTime File Format, "Sound Media"). */
const USUAL_FORMATS = [
	...['mp4a', 'alac', '.mp3', 'sowt', 'twos', 'lpcm', 'in24', 'in32', 'fl32', 'fl64'],
	...['raw ', 'NONE', 'ulaw', 'alaw', 'ima4'],
];

/** What keeps the samples of a sound track from being used (14496-12, 8.12 and 12.2.3). */
export function sampleFault(file: Buffer, track: Box): 'encrypted' | 'foreign' | undefined {
	const formats = findBox(file, track, 'mdia', 'minf', 'stbl', 'stsd');
	const format = formats && textIn(file, formats, 12);
	if (format === undefined || format === '') return undefined;
	if (ENCRYPTED_FORMATS.includes(format)) return 'encrypted';
	return USUAL_FORMATS.includes(format) ? undefined : 'foreign';
}

/** Without one of each, the samples of a track cannot be found; some have two forms. */
const NEEDED_TABLES = [['stsd'], ['stts'], ['stsc'], ['stsz', 'stz2'], ['stco', 'co64']];

/** Whether a track that the end of the file cuts off has all of the tables that are needed. */
export function hasNeededTables(file: Buffer, track: Box): boolean {
	const tables = findBox(file, track, 'mdia', 'minf', 'stbl');
	const whole = tables
		? boxesIn(file, tables.start, tables.end).filter(({ missingBytes }) => missingBytes === 0)
		: [];
	return NEEDED_TABLES.every((forms) => whole.some(({ type }) => forms.includes(type)));
}

/**
 * The bytes of each sample that a track lists itself (`stsz`, 14496-12, 8.7.3). Empty if all samples
 * have one size, because QuickTime writes a size there that is not in bytes.
 */
export function readSizes(file: Buffer, track: Box): number[] {
	const table = findBox(file, track, 'mdia', 'minf', 'stbl', 'stsz');
	if (!table || uint32In(file, table, 4) !== 0) return [];
	const count = uint32In(file, table, 8) ?? 0;
	const sizes: number[] = [];
	for (let sample = 0; sample < count; sample++) {
		const bytes = uint32In(file, table, 12 + sample * 4);
		if (bytes === undefined) break;
		sizes.push(bytes);
	}
	return sizes;
}
