import { checkImage } from '../../../nodes/CometApiKling/media/image/checkImage';
import { MEDIA_LIMITS } from '../../../nodes/CometApiKling/media/limits';
import { JPG, jpgFrame, jpgOf, pngOf } from '../handMade';
import { like } from '../../support/matchers';

it.each([
	['baseline', JPG.baseline],
	['progressive', JPG.progressive],
])('%s JPG with a preview picture in its metadata', (_name, marker) => {
	const preview = jpgOf([JPG.baseline, jpgFrame(160, 120)], [JPG.scan, Buffer.alloc(9)]);
	const metadata = Buffer.concat([Buffer.from('Exif\0\0'), preview]);
	const bytes = jpgOf(
		[JPG.app1, metadata],
		[marker, jpgFrame(900, 700)],
		[JPG.scan, Buffer.alloc(9)],
	);
	expect(checkImage(bytes)).toMatchObject({ ok: true, facts: { width: 900, height: 700 } });
	const cut = bytes.subarray(0, bytes.length - 2);
	expect(checkImage(cut)).toMatchObject({ problem: like(/truncated/) });
});

describe('limits', () => {
	const { imageMaxBytes } = MEDIA_LIMITS;
	const padded = (bytes: number) => Buffer.concat([pngOf(600, 600), Buffer.alloc(bytes)]);
	const rest = imageMaxBytes - pngOf(600, 600).length;

	it.each([
		['300 x 300 pixels', pngOf(300, 300)],
		['a ratio of 2.5 : 1', pngOf(750, 300)],
		['a ratio of 1 : 2.5', pngOf(300, 750)],
		['10 MB', padded(rest)],
	])('accepts %s', (_name, bytes) => {
		expect(checkImage(bytes).ok).toBe(true);
	});

	it.each([
		[
			pngOf(299, 300),
			'the image is 299 x 300 pixels, but each side must be at least 300 pixels long',
			/larger/,
		],
		[
			pngOf(600, 299),
			'the image is 600 x 299 pixels, but each side must be at least 300 pixels long',
			/larger/,
		],
		[
			pngOf(751, 300),
			'the image is 751 x 300 pixels, but the longer side can be at most 2.5 times the shorter one',
			/^Crop it/,
		],
		[
			pngOf(300, 751),
			'the image is 300 x 751 pixels, but the longer side can be at most 2.5 times the shorter one',
			/^Crop it/,
		],
		[
			padded(rest + 1),
			'the file is 10.01 MB; Kling accepts images of up to 10 MB',
			/^Make it smaller/,
		],
	])('rejects invalid image %#', (bytes, problem, advice) => {
		expect(checkImage(bytes)).toEqual({
			ok: false,
			problem,
			advice: like(advice),
		});
	});
});

const SCAN: [number, Buffer] = [JPG.scan, Buffer.alloc(9)];

describe('damaged images', () => {
	it.each([
		['nothing', Buffer.alloc(0), 'the file is empty', /returned a file without content/],
		[
			'a PNG of 0 x 0 pixels',
			pngOf(0, 0),
			'the file starts like a PNG image, but its size in pixels cannot be read; it is damaged',
			/^Download the file again/,
		],
		['a PNG of 400 x 0 pixels', pngOf(400, 0), /cannot be read/, /^Download the file again/],
		['a PNG of 0 x 400 pixels', pngOf(0, 400), /cannot be read/, /^Download the file again/],
		[
			'a PNG without its header',
			Buffer.from('\x89PNG\r\n\x1a\nIEND', 'latin1'),
			/^the file starts like a PNG image, but/,
			/^Download the file again/,
		],
		['a JPG without its size', jpgOf(SCAN), /starts like a JPG image/, /^Download the file again/],
		[
			'a JPG whose picture is missing',
			jpgOf([JPG.baseline, jpgFrame(400, 400)], SCAN).subarray(0, -2),
			'the image is truncated: the end of the file is missing',
			/^Download the file again/,
		],
		[
			'a JPG without its picture and its end',
			jpgOf([JPG.baseline, jpgFrame(400, 400)]).subarray(0, -2),
			/truncated/,
			/^Download the file again/,
		],
		[
			'a PNG that begins with a chunk other than its header',
			Buffer.from(pngOf(400, 400).toString('latin1').replace('IHDR', 'tEXt'), 'latin1'),
			/cannot be read/,
			/^Download the file again/,
		],
		[
			'a PNG without its end',
			pngOf(400, 400).subarray(0, 33),
			/truncated/,
			/^Download the file again/,
		],
	])('%s', (_name, bytes, problem, advice) => {
		const verdict = checkImage(bytes);
		if (verdict.ok) throw new Error('It was accepted.');
		expect(verdict.problem).toMatch(problem);
		expect(verdict.advice).toMatch(advice);
		expect(verdict.advice).toMatch(/\.$/);
	});
});

it('returns the facts of the bytes', () => {
	const facts = { width: 640, height: 480 };
	expect(checkImage(pngOf(640, 480))).toStrictEqual({
		ok: true,
		facts: { format: 'png', mimeType: 'image/png', ...facts },
	});
	const tables: [number, Buffer] = [JPG.tables, Buffer.alloc(65)];
	expect(checkImage(jpgOf(tables, [JPG.baseline, jpgFrame(640, 480)], SCAN))).toStrictEqual({
		ok: true,
		facts: { format: 'jpg', mimeType: 'image/jpeg', ...facts },
	});
});
