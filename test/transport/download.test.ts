import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import axios from 'axios';

import { download } from '../../nodes/CometApiKling/transport/download/download';
import type { Clock } from '../../nodes/CometApiKling/polling/time/clock';
import { hostClock } from '../../nodes/CometApiKling/transport/hostClock';
import { startHost, type Host } from '../support/host';

const KEY = 'sk-secret-0123456789';
const MP4_HEAD = Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isommp42\0\0\0\0mdat', 'latin1');
const FILE = Buffer.concat([MP4_HEAD, Buffer.alloc(300_000, 'Z')]);

let host: Host;
let respond: (response: ServerResponse, path: string) => void;

beforeAll(
	async () => (host = await startHost((request, response) => respond(response, request.url ?? ''))),
);
beforeEach(() => (host.requests.length = 0));
afterAll(async () => await host.stop());

interface Setup {
	baseUrl?: string;
	store?: (stream: Readable) => Promise<unknown>;
	/** Every requested URL, with the server that responds; the host if left out. */
	asked?: string[];
	clock?: Partial<Clock>;
}

/** The helpers that a download uses, based on n8n's HTTP client. */
async function run(link: string, { baseUrl = host.url, ...setup }: Setup = {}): Promise<unknown> {
	const context = {
		getCredentials: async () => ({ apiKey: KEY, baseUrl }),
		helpers: {
			httpRequest: async (options: { url: string; abortSignal: AbortSignal; headers: object }) => {
				setup.asked?.push(options.url);
				const isOther = !options.url.startsWith(host.url);
				const { data, status, headers } = await axios.get<unknown>(
					isOther ? `${host.url}/elsewhere` : options.url,
					{
						headers: { ...options.headers },
						responseType: 'stream',
						maxRedirects: 0,
						proxy: false,
						signal: options.abortSignal,
						validateStatus: () => true,
					},
				);
				return { body: data, statusCode: status, headers };
			},
			prepareBinaryData: setup.store ?? readAll,
		},
	};
	const clock = { ...hostClock, ...patientClock, ...setup.clock };
	const request = { url: link, family: 'video', taskId: '7' };
	const pending: unknown = Reflect.apply(download, undefined, [context, request, clock]);
	return await pending;
}

async function readAll(stream: Readable): Promise<number> {
	let bytes = 0;
	for await (const chunk of stream) bytes += Buffer.isBuffer(chunk) ? chunk.length : 0;
	return bytes;
}

async function messageOf(link: string, setup?: Setup): Promise<string> {
	const error = await run(link, setup).catch((thrown: unknown) => thrown);
	return error instanceof Error ? error.message : `no error but ${String(error)}`;
}

/** The watchdog never fires, and the pauses between attempts are short. */
const patientClock: Partial<Clock> = {
	sleep: async (milliseconds) =>
		await pause(milliseconds > 5_000 ? 60_000 : 1, undefined, { ref: false }),
};

/** A clock that the test controls, while sockets take real time. */
function handClock(): { clock: Partial<Clock>; pass: (milliseconds: number) => Promise<void> } {
	let now = 0;
	return {
		clock: {
			now: () => now,
			sleep: async (milliseconds, signal) => {
				const end = now + milliseconds;
				while (now < end && !signal?.aborted) await pause(5, undefined, { ref: false });
			},
		},
		pass: async (milliseconds) => {
			now += milliseconds;
			await pause(50);
		},
	};
}

test.each([
	['gzip', gzipSync(FILE)],
	['br', brotliCompressSync(FILE)],
	['deflate', deflateSync(FILE)],
	['identity', FILE],
])('accepts a host that sends %s', async (encoding, body) => {
	respond = (response) => {
		const length = { 'content-encoding': encoding, 'content-length': body.length };
		response.writeHead(200, length).end(body);
	};
	expect(await run(`${host.url}/a.mp4`)).toBe(FILE.length);
	expect(host.requests[0]?.headers['accept-encoding']).toBe('identity');
});

test.each([
	['plain', undefined, FILE],
	['gzip', 'gzip', gzipSync(FILE)],
])('retries a %s file that is cut off, and then reports it', async (_what, encoding, body) => {
	respond = (response) => {
		response.writeHead(200, {
			'content-length': body.length,
			...(encoding !== undefined && { 'content-encoding': encoding }),
		});
		response.write(body.subarray(0, body.length - 100), () => response.destroy());
	};
	const message = await messageOf(`${host.url}/a.mp4`);
	expect(message).toContain('The connection to the file host failed');
	expect(host.requests).toHaveLength(3);
});

test('reports a full disk at once and closes the connection', async () => {
	respond = (response) => {
		response.writeHead(200);
		response.write(Buffer.concat([FILE, Buffer.alloc(8_000_000)]));
	};
	const closed = new Promise((resolve) => {
		host.server.once('connection', (socket: Socket) => socket.once('close', resolve));
	});
	const message = await messageOf(`${host.url}/a.mp4`, {
		store: async (stream) => await writeFile('/dev/full', stream),
	});
	expect(message).toContain('n8n could not store the file (ENOSPC).');
	expect(host.requests).toHaveLength(1);
	await closed;
});

describe('a slow storage', () => {
	const MINUTES_MS = 120_000;

	test('is not mistaken for a host that stalls', async () => {
		const { clock, pass } = handClock();
		const slow = async (stream: Readable) => {
			await pass(MINUTES_MS);
			const bytes = await readAll(stream);
			await pass(MINUTES_MS);
			return bytes;
		};
		respond = (response) => void response.writeHead(200).end(FILE);
		expect(await run(`${host.url}/a.mp4`, { store: slow, clock })).toBe(FILE.length);
		expect(host.requests).toHaveLength(1);
	});

	test('does not hide a host that stalls', async () => {
		const { clock, pass } = handClock();
		respond = (response) => void response.writeHead(200).write(FILE.subarray(0, 10_000));
		let message: string | undefined;
		const ended = messageOf(`${host.url}/a.mp4`, { clock }).then((text) => (message = text));
		while (message === undefined) await pass(MINUTES_MS);
		expect(await ended).toContain('The file host sent no data for 60 seconds.');
	});
});

describe('URLs of this machine or a local network, if the API is on another host', () => {
	const AWAY = 'https://api.cometapi.com';

	test.each([
		'http://127.0.0.1:1/a',
		'https://localhost/a',
		'https://[::1]/a',
		'https://[::ffff:127.0.0.1]/a',
		'https://2130706433/a',
		'https://0x7f.1/a',
		'https://0.0.0.0/a',
		'https://10.0.0.1/a',
		'https://100.64.0.1/a',
		'https://169.254.169.254/latest/meta-data',
		'https://metadata.google.internal./a',
		'https://minio/a',
	])('does not request %s', async (link) => {
		const asked: string[] = [];
		expect(await messageOf(link, { baseUrl: AWAY, asked })).toContain('is not a public address');
		expect(asked).toEqual([]);
	});

	test('does not follow a redirect from a public host to one', async () => {
		const asked: string[] = [];
		respond = (response) => void response.writeHead(302, { location: 'http://127.0.0.1/x' }).end();
		const message = await messageOf('https://files.example.com/a', { baseUrl: AWAY, asked });
		expect(message).toContain('it leads to 127.0.0.1');
		expect(asked).toEqual(['https://files.example.com/a']);
	});

	test('requests a public http URL over https, also after a redirect', async () => {
		const asked: string[] = [];
		let hops = 0;
		respond = (response) => {
			if (hops++ === 0) response.writeHead(302, { location: 'http://b.example.com/b' }).end();
			else response.writeHead(200).end(FILE);
		};
		const bytes = await run('http://a.example.com/a?x=1', { baseUrl: AWAY, asked });
		expect([bytes, hops]).toEqual([FILE.length, 2]);
		expect(asked).toEqual(['https://a.example.com/a?x=1', 'https://b.example.com/b']);
	});
});

describe('the error contains the URL', () => {
	test('whole, with its signature', async () => {
		respond = (response) => void response.writeHead(404).end();
		const link = `${host.url}/a.mp4?Expires=1&Signature=${'aB3-_~'.repeat(100)}&Key=x`;
		expect(await messageOf(link)).toContain(`URL of the file: ${link}`);
	});

	test('up to 2,000 characters, and without the API key', async () => {
		respond = (response) => void response.writeHead(404).end();
		const message = await messageOf(`${host.url}/${KEY}/${'a'.repeat(5_000)}`);
		expect(message).not.toContain(KEY);
		expect(message.split('URL of the file: ')[1]).toHaveLength(2_000);
	});

	test('without line breaks or bidirectional marks, if it is not a URL', async () => {
		expect(await messageOf('not a\nlink\u202e')).toBe(
			'CometAPI returned a link that is not a URL. URL of the file: not alink',
		);
	});
});
