import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { IBinaryData } from 'n8n-workflow';

import { UserError } from '../../nodes/CometApiKling/kling/errors/userError';
import { joinFiles } from '../../nodes/CometApiKling/output/joinFiles';
import type { ApiContext } from '../../nodes/CometApiKling/transport/apiRequest';
import { fileField } from '../harness/binary';
import { Clips } from '../join/makeClip';

const clips = new Clips();
let bytes: Buffer;
beforeAll(async () => (bytes = readFileSync(await clips.make({ seconds: 0.5 }))));
afterAll(() => clips.remove());

const FULL = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
const STORED: IBinaryData = { id: 'x:1', data: 'x', mimeType: 'video/mp4', fileName: 'gone.mp4' };

async function errorOf(
	files: IBinaryData[],
	helpers: object,
	signal?: AbortSignal,
): Promise<unknown> {
	const context: unknown = { helpers };
	if (!isContext(context)) throw new Error('The context has no helpers.');
	const settings = { binaryField: 'data', fileName: 'j.mp4', ...(signal && { signal }) };
	return await joinFiles(context, files, settings).then(
		() => undefined,
		(error: unknown) => error,
	);
}

function isContext(value: unknown): value is ApiContext {
	return typeof value === 'object' && value !== null && 'helpers' in value;
}

/** Stores a file as n8n does: by reading all of it. */
async function readAll(body: Readable | Buffer): Promise<IBinaryData> {
	if (!Buffer.isBuffer(body)) await body.toArray();
	return STORED;
}

test('names the cause if n8n cannot store the joined video', async () => {
	const clip = fileField(bytes, 'a.mp4', 'video/mp4');
	const helpers = { prepareBinaryData: async () => await Promise.reject(FULL) };
	const error = await errorOf([clip, clip], helpers);
	expect(error).toBeInstanceOf(UserError);
	expect(error).toMatchObject({ message: 'n8n could not store the joined video (ENOSPC)' });
});

const notFound = async (): Promise<Readable> => await Promise.reject(new Error('File not found'));

/** A file that breaks off while it is read. */
const broken = async (): Promise<Readable> =>
	Readable.from(
		(async function* () {
			yield bytes.subarray(0, 100);
			await Promise.reject(new Error('EIO: i/o error, read'));
		})(),
	);

const whole = async (): Promise<Readable> => Readable.from([bytes]);

test.each([
	['when it is opened', [notFound]],
	['while its header is read', [broken]],
	['when it is opened again to be copied', [whole, notFound]],
	['while it is copied', [whole, broken]],
])('names a stored clip that is lost %s', async (_when, reads) => {
	const remaining = [...reads];
	const helpers = {
		getBinaryStream: async (id: string) =>
			id === STORED.id ? await remaining.shift()?.() : await whole(),
		prepareBinaryData: readAll,
	};
	const here = { ...STORED, id: 'x:0', fileName: 'here.mp4' };
	expect(await errorOf([here, STORED], helpers)).toMatchObject({
		message: 'Clip 2 cannot be joined: n8n can no longer read its file "gone.mp4"',
		details: { clipIndex: 1 },
	});
});

test.each([
	['a bug of the node', new TypeError('x is not a function'), false],
	['a canceled execution', FULL, true],
])('does not blame the storage for %s', async (_what, thrown, isCanceled) => {
	const clip = fileField(bytes, 'a.mp4', 'video/mp4');
	const canceled = new AbortController();
	const prepareBinaryData = async () => {
		if (isCanceled) canceled.abort();
		return await Promise.reject(thrown);
	};
	expect(await errorOf([clip, clip], { prepareBinaryData }, canceled.signal)).toBe(thrown);
});
