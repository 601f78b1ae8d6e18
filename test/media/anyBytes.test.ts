import fc from 'fast-check';

import { checkAudio } from '../../nodes/CometApiKling/media/audio/checkAudio';
import { checkImage } from '../../nodes/CometApiKling/media/image/checkImage';
import { kindOf } from '../../nodes/CometApiKling/media/kind';
import { ACCEPTED_AUDIO, SOUND_SECONDS, makeAcceptedAudio } from './audio/acceptedAudio';
import { like } from '../support/matchers';
import { Samples, picture } from './samples';

/** An idle machine takes seconds; a busy one takes minutes. */
const MAKING_TIMEOUT_MS = 400_000;

const RUNS = { numRuns: 150 };

/** The last chunk of a PNG, whose four checksum bytes may be missing. */
const IMAGE_END_BYTES = 12;

const IMAGES = ['a.jpg', 'a.png'];

const IN_FRAGMENTS = ['fragmented.m4a', 'first part in moov.m4a'];

const samples = new Samples();

beforeAll(async () => {
	await makeAcceptedAudio(samples);
	for (const name of IMAGES) await samples.make(name, ...picture(320, 320));
}, MAKING_TIMEOUT_MS);
afterAll(() => samples.remove());

/** Any result is fine if it can be shown to a user. */
function expectVerdicts(bytes: Uint8Array): void {
	for (const verdict of [checkImage(bytes), checkAudio(bytes)]) {
		if (verdict.ok) continue;
		expect(verdict.problem).toMatch(/^the \S.*[^.]$/);
		expect(verdict.problem).not.toMatch(/undefined|NaN|Infinity/);
		expect(verdict.advice).toMatch(/^[A-Z].*\.$/);
	}
}

/** A copy with bytes replaced at positions that wrap around. */
function withBytes(bytes: Buffer, changes: Array<[number, number]>): Buffer {
	const changed = Buffer.from(bytes);
	for (const [at, value] of changes) changed[at % changed.length] = value;
	return changed;
}

const byte = fc.integer({ min: 0, max: 255 });
/** Small numbers are more likely, because headers are at the start. */
const place = fc.oneof(fc.nat({ max: 300 }), fc.nat());
const changes = fc.array(fc.tuple(place, byte), { minLength: 1, maxLength: 12 });

const BEGINNINGS = [
	...[
		'',
		'\xff\xd8\xff\xe0',
		'\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR',
		'RIFF\0\0\0\0WAVEfmt ',
		'ID3\x04\0\0',
	],
	...['\xff\xfb\x90\0', '\xff\xf1\x50\x80', '\0\0\0\x10ftypM4A \0\0\0\0\0\0\0\0moov'],
	...['\0\0\0\x10ftypM4A \0\0\0\0\0\0\xff\xffmoov\0\0\xff\0trak\0\0\0\xffmdia'],
];

it('checks any bytes after any start', () => {
	const bytes = fc.oneof(
		fc.uint8Array({ maxLength: 400 }),
		fc.array(fc.constantFrom(0, 1, 8, 255)),
	);
	fc.assert(
		fc.property(fc.constantFrom(...BEGINNINGS), bytes, (beginning, rest) => {
			expectVerdicts(Buffer.concat([Buffer.from(beginning, 'latin1'), Buffer.from(rest)]));
		}),
		{ numRuns: 3000 },
	);
});

it('recognizes any bytes as one kind or none', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
			const kind = kindOf(bytes);
			if (kind) expect(kind.name).not.toBe('');
		}),
	);
});

describe.each(ACCEPTED_AUDIO)('%s', (name, format) => {
	it('cut at any byte is shorter or rejected', () => {
		const whole = samples.read(name);
		fc.assert(
			fc.property(fc.nat({ max: whole.length - 1 }), (length) => {
				const cut = whole.subarray(0, length);
				expectVerdicts(cut);
				const verdict = checkAudio(cut);
				if (!verdict.ok) return;
				// A fragmented file that ends after a fragment is complete, but shorter.
				if (format === 'm4a' && !IN_FRAGMENTS.includes(name)) {
					expect(length).toBeGreaterThan(whole.length * 0.6);
				}
				expect(verdict.facts.format).toBe(format);
				expect(verdict.facts.seconds).toBeLessThan(
					SOUND_SECONDS * (length / whole.length) * 1.3 + 1,
				);
			}),
			RUNS,
		);
	});

	it('with any bytes changed is checked', () => {
		const whole = samples.read(name);
		fc.assert(
			fc.property(changes, (list) => expectVerdicts(withBytes(whole, list))),
			RUNS,
		);
	});
});

describe.each(IMAGES)('%s', (name) => {
	it('cut at any byte is rejected', () => {
		const whole = samples.read(name);
		fc.assert(
			fc.property(fc.nat({ max: whole.length - IMAGE_END_BYTES }), (length) => {
				const cut = whole.subarray(0, length);
				expectVerdicts(cut);
				expect(checkImage(cut).ok).toBe(false);
			}),
			RUNS,
		);
	});

	it('with any bytes changed is checked', () => {
		const whole = samples.read(name);
		fc.assert(
			fc.property(changes, (list) => expectVerdicts(withBytes(whole, list))),
			RUNS,
		);
	});
});

describe('checks ten megabytes of a pattern', () => {
	const MEGABYTE = 1024 * 1024;

	it.each(BEGINNINGS)('after %j', (beginning) => {
		for (const pattern of [
			'\0',
			'\x01',
			'\xff',
			'\xff\xfb\x10\0',
			'\xff\xf1\x50\x80\0\xe0\xfc',
			'\0\0\0\x08moof',
			'\0\0\0\x08trak',
			'\xff\xe0\0\x02',
			'\xff\xd0',
			'\0\0\0\0IDAT\0\0\0\0',
			'ID3\x04\0\0\0\0\0\0',
			'LIST\0\0\0\0',
		]) {
			const start = Buffer.from(beginning, 'latin1');
			const image = Buffer.concat([
				start,
				Buffer.alloc(10 * MEGABYTE - start.length, pattern, 'latin1'),
			]);
			checkImage(image);
			checkAudio(image.subarray(0, 5 * MEGABYTE));
		}
	});

	it('of a JPG without a size', () => {
		const scanAndEnd = Buffer.from([0xff, 0xda, 0xff, 0xd9]);
		const image = Buffer.concat([Buffer.alloc(10 * MEGABYTE - 4, 1), scanAndEnd]);
		image.set([0xff, 0xd8, 0xff]);
		expect(checkImage(image)).toMatchObject({ problem: like(/cannot be read/) });
	});
});
