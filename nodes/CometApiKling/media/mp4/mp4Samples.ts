import { findBox, textIn, uint32In, type Box } from './mp4Boxes';

/** Sample formats that can be decoded only with the key: the standard ones and those of iTunes. */
const ENCRYPTED_FORMATS = ['enca', 'encv', 'drms', 'drmi'];

/** Whether the samples of a track are encrypted (14496-12, 8.12). */
export function isEncrypted(file: Buffer, track: Box): boolean {
	const formats = findBox(file, track, 'mdia', 'minf', 'stbl', 'stsd');
	return formats !== undefined && ENCRYPTED_FORMATS.includes(textIn(file, formats, 12));
}

/**
 * Total bytes of the samples that a track lists itself (`stsz`, 14496-12, 8.7.3). 0 if all samples
 * have one size, because QuickTime writes a size there that is not in bytes.
 */
export function sampleBytes(file: Buffer, track: Box): number {
	const sizes = findBox(file, track, 'mdia', 'minf', 'stbl', 'stsz');
	if (!sizes || uint32In(file, sizes, 4) !== 0) return 0;
	const count = uint32In(file, sizes, 8) ?? 0;
	let sum = 0;
	for (let sample = 0; sample < count; sample++) {
		const bytes = uint32In(file, sizes, 12 + sample * 4);
		if (bytes === undefined) break;
		sum += bytes;
	}
	return sum;
}
