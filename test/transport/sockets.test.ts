import { createServer, type Server, type Socket } from 'node:net';

import axios from 'axios';

import { networkFault } from '../../nodes/CometApiKling/transport/networkFault';
import { portOf } from '../support/host';

let server: Server | undefined;

afterEach(
	async () => await new Promise((resolve) => (server ? server.close(resolve) : resolve(0))),
);

/** A server of plain sockets. */
async function listen(onSocket: (socket: Socket) => void): Promise<number> {
	const opened = createServer((socket) => {
		socket.on('error', () => undefined);
		onSocket(socket);
	});
	server = opened;
	await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
	return portOf(opened.address());
}

/** The error of n8n's HTTP client, axios, for a create. */
async function errorOf(url: string): Promise<unknown> {
	return await axios.post(url, { a: 1 }, { proxy: false, timeout: 5_000 }).then(
		() => undefined,
		(error: unknown) => error,
	);
}

describe('nothing was sent', () => {
	test('with https to a plain-http port', async () => {
		const port = await listen((socket) => {
			socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
		});
		const fault = networkFault(await errorOf(`https://127.0.0.1:${port}/`));
		expect(fault.kind).toBe('unreachable');
		expect(fault.code).toMatch(/^(EPROTO|ERR_SSL_.*)$/);
	});

	test('if the port closes the connection during the TLS handshake', async () => {
		const port = await listen((socket) => void socket.once('data', () => socket.end()));
		expect(networkFault(await errorOf(`https://127.0.0.1:${port}/`))).toMatchObject({
			kind: 'unreachable',
			code: 'ECONNRESET',
		});
	});

	test('if the port is closed', async () => {
		const port = await listen(() => undefined);
		await new Promise((resolve) => server?.close(resolve));
		server = undefined;
		expect(networkFault(await errorOf(`http://127.0.0.1:${port}/`))).toMatchObject({
			kind: 'unreachable',
			code: 'ECONNREFUSED',
		});
	});
});

describe('something may have been sent', () => {
	test.each<[string, (socket: Socket) => void]>([
		['a reset', (socket) => void socket.once('data', () => socket.resetAndDestroy())],
		['a hang-up', (socket) => void socket.once('data', () => socket.end())],
	])('%s after the request', async (_what, onSocket) => {
		const port = await listen(onSocket);
		expect(networkFault(await errorOf(`http://127.0.0.1:${port}/`)).kind).toBe('interrupted');
	});
});

/** The shapes of errors that a test cannot cause on every machine; from Node.js 20. */
describe('uses the step to judge a code that an established connection can have, too', () => {
	const step = (code: string, syscall: string) =>
		Object.assign(new Error(`${syscall} ${code} 203.0.113.1:443`), { code, syscall });

	test.each(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'EADDRNOTAVAIL'])(
		'%s',
		(code) => {
			expect(networkFault(step(code, 'connect'))).toMatchObject({ kind: 'unreachable', code });
			expect(networkFault(step(code, 'read'))).toMatchObject({ kind: 'interrupted', code });
			expect(networkFault(step(code, 'write'))).toMatchObject({ kind: 'interrupted', code });
		},
	);

	test('EPIPE', () => {
		expect(networkFault(step('EPIPE', 'write')).kind).toBe('interrupted');
	});

	test('a name with several addresses, if all or only some of them failed to connect', () => {
		const all = [step('ETIMEDOUT', 'connect'), step('ENETUNREACH', 'connect')];
		const gathered = (errors: Error[]) => ({
			cause: Object.assign(new AggregateError(errors), { code: 'ETIMEDOUT' }),
		});
		expect(networkFault(gathered(all))).toMatchObject({ kind: 'unreachable', code: 'ETIMEDOUT' });
		expect(networkFault(gathered([...all, step('ETIMEDOUT', 'read')])).kind).toBe('interrupted');
	});

	test("the part of Node.js's message that n8n 1.123 to 2.8 keeps", () => {
		const kept = (message: string) => ({ httpCode: 'ETIMEDOUT', messages: [message] });
		expect(networkFault(kept('connect ETIMEDOUT 203.0.113.1:443')).kind).toBe('unreachable');
		expect(networkFault(kept('read ETIMEDOUT')).kind).toBe('interrupted');
	});

	test('a TLS error in the middle of a connection', () => {
		const late = Object.assign(new Error('write EPROTO: bad record mac'), { code: 'EPROTO' });
		expect(networkFault(late).kind).toBe('interrupted');
	});
});
