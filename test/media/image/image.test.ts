import { imageSize } from 'image-size';

import { checkImage } from '../../../nodes/CometApiKling/media/image/checkImage';
import { like } from '../../support/matchers';
import { Samples, picture } from '../samples';

const samples = new Samples();

const ACCEPTED: Array<[string, number, number, ...string[]]> = [
	['baseline.jpg', 640, 480],
	['grey.jpg', 320, 400, '-pix_fmt', 'gray'],
	['full colour.jpg', 501, 333, '-pix_fmt', 'yuvj444p'],
	['rgb.png', 512, 768, '-pix_fmt', 'rgb24'],
	['transparent.png', 512, 512, '-pix_fmt', 'rgba'],
	['palette.png', 400, 300, '-pix_fmt', 'pal8'],
	['interlaced.png', 400, 300, '-pred', 'mixed', '-flags', '+ildct'],
];

beforeAll(async () => {
	for (const [name, width, height, ...args] of ACCEPTED) {
		await samples.make(name, ...picture(width, height), ...args);
	}
});
afterAll(() => samples.remove());

describe('accepted images', () => {
	it.each(ACCEPTED)('%s of %d x %d pixels', (name, width, height) => {
		const bytes = samples.read(name);
		const format = name.endsWith('.jpg') ? 'jpg' : 'png';
		const mimeType = format === 'jpg' ? 'image/jpeg' : 'image/png';
		expect(checkImage(bytes)).toEqual({ ok: true, facts: { format, mimeType, width, height } });
		expect(imageSize(bytes)).toMatchObject({ width, height });
	});

	it('are read at their position in a larger buffer', () => {
		const bytes = samples.read('baseline.jpg');
		const pool = Buffer.concat([Buffer.alloc(77, 0xff), bytes, Buffer.alloc(77)]);
		expect(checkImage(new Uint8Array(pool.buffer, pool.byteOffset + 77, bytes.length)).ok).toBe(
			true,
		);
	});
});

it.each(['baseline.jpg', 'rgb.png'])('rejects %s cut in half', (name) => {
	const bytes = samples.read(name);
	const verdict = checkImage(bytes.subarray(0, bytes.length / 2));
	expect(verdict).toMatchObject({
		problem: 'the image is truncated: the end of the file is missing',
		advice: like(/^Download the file again/),
	});
});
