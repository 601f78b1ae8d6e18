import { readFileSync } from 'node:fs';
import fc from 'fast-check';

import { joinClips } from '../../nodes/CometApiKling/media/join/joinClips';
import { Mp4Error } from '../../nodes/CometApiKling/media/join/read/mp4Error';
import { readVideoFacts } from '../../nodes/CometApiKling/media/join/read/videoFacts';
import { bytesSource } from './joinFiles';
import { Clips } from './makeClip';

const RUNS = { numRuns: 500 };

/**
 * Far more than a clip of some kilobytes needs, far less than the sizes that its bytes can claim.
 */
const MAX_RISE_BYTES = 64 * 1024 * 1024;

const clips = new Clips();
let samples: Buffer[];

beforeAll(async () => {
	const specs = [
		{ seconds: 0.9, bFrames: 2, fastStart: true },
		{ seconds: 0.7, fastStart: false },
	];
	samples = await Promise.all(specs.map(async (spec) => readFileSync(await clips.make(spec))));
});
afterAll(() => clips.remove());

/** Joins bytes with a valid clip, to the end; either a result or one clear error is fine. */
async function joinAny(bytes: Buffer): Promise<void> {
	const sources = [bytesSource(samples[0] ?? bytes), bytesSource(bytes, 1_000)];
	try {
		const result = await joinClips(sources);
		if (result.kind === 'incompatible') return expect(result.differences).not.toHaveLength(0);
		let size = 0;
		// The result is as large as announced, or the clip is shorter than it claims.
		for await (const chunk of result.data) size += chunk.length;
		expect(size).toBe(result.bytes);
		expect(result.seconds).toBeGreaterThan(0);
	} catch (error) {
		if (!(error instanceof Mp4Error)) throw error;
		expect(error.message).toMatch(/^[A-Z].*\.$/);
		expect(error.message).not.toMatch(/undefined|NaN|Infinity/);
	}
	const facts = await readVideoFacts(bytesSource(bytes));
	if (facts) expect(facts.width * facts.height).toBeGreaterThan(0);
}

it('handles clips that are cut at any byte', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(0, 1),
			fc.double({ min: 0, max: 1, noNaN: true }),
			async (index, share) => {
				const whole = samples[index] ?? Buffer.alloc(0);
				await joinAny(whole.subarray(0, Math.floor(whole.length * share)));
			},
		),
		RUNS,
	);
});

/** The position of the header, so that the changes affect bytes that are read. */
function headerOf(bytes: Buffer): [start: number, end: number] {
	const start = bytes.indexOf('moov') - 4;
	return [start, start + bytes.readUInt32BE(start)];
}

const places = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), {
	minLength: 1,
	maxLength: 6,
});

it('handles clips with any bytes of the header changed', async () => {
	await fc.assert(
		fc.asyncProperty(fc.constantFrom(0, 1), places, async (index, changes) => {
			const bytes = Buffer.from(samples[index] ?? []);
			const [start, end] = headerOf(bytes);
			for (const [share, value] of changes) {
				bytes[start + Math.floor((end - start - 1) * share)] = value;
			}
			await joinAny(bytes);
		}),
		RUNS,
	);
});

/** Limits of arithmetic with 16, 31 or 32 bits, and sizes with a special meaning. */
const extremes = fc.constantFrom(
	0,
	1,
	2,
	7,
	0xffff,
	0x7fffffff,
	0x80000000,
	0xfffffffe,
	0xffffffff,
);

it('handles extreme numbers in the header without reserving the memory that they claim', async () => {
	const before = process.memoryUsage();
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(0, 1),
			fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), extremes), {
				minLength: 1,
				maxLength: 3,
			}),
			async (index, changes) => {
				const bytes = Buffer.from(samples[index] ?? []);
				const [start, end] = headerOf(bytes);
				for (const [share, value] of changes) {
					const words = Math.floor((end - start) / 4) - 1;
					bytes.writeUInt32BE(value, start + 4 * Math.floor(words * share));
				}
				await joinAny(bytes);
			},
		),
		{ numRuns: 1_000 },
	);
	const { arrayBuffers } = process.memoryUsage();
	expect(arrayBuffers - before.arrayBuffers).toBeLessThan(MAX_RISE_BYTES);
});

const BEGINNINGS = [
	'',
	'\0\0\0\x10ftypisom\0\0\0\0',
	'\0\0\0\x10ftypisom\0\0\0\0\xff\xff\xff\xffmoov',
	'\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x01mdat\0\x1f\xff\xff\xff\xff\xff\xff',
	'\0\0\xff\xffmoov\0\0\xff\0trak\0\0\0\xffmdia',
];

it('handles any bytes after any start', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...BEGINNINGS),
			fc.uint8Array({ maxLength: 400 }),
			async (beginning, others) => {
				await joinAny(Buffer.concat([Buffer.from(beginning, 'latin1'), others]));
			},
		),
		RUNS,
	);
});
