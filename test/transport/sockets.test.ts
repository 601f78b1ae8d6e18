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

/** Sends a fatal TLS alert as the response to the first message of the handshake. */
function sendAlert(socket: Socket, alert: number): void {
	socket.once('data', () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, alert])));
}

/** A TLS error as Node.js throws it while a request waits to be sent. */
function protocolError(reason: string): Error {
	return Object.assign(new Error(`write EPROTO ${reason}`), { code: 'EPROTO' });
}

/** The kind of fault if a port answers the start of a TLS handshake with an alert. */
async function kindAfterAlert(alert: number): Promise<string> {
	const port = await listen((socket) => sendAlert(socket, alert));
	return networkFault(await errorOf(`https://127.0.0.1:${port}/`)).kind;
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

	test.each([
		['bad certificate', 42],
		['unknown CA', 48],
		['illegal parameter', 47],
		['access denied', 49],
		['decode error', 50],
		['decrypt error', 51],
		['insufficient security', 71],
		['unrecognized name', 112],
		['certificate required', 116],
		['no application protocol', 120],
	])('if the port ends the TLS handshake with the alert "%s"', async (_name, alert) => {
		expect(await kindAfterAlert(alert)).toBe('unreachable');
	});

	test.each([
		'ERR_SSL_TLSV1_ALERT_ACCESS_DENIED',
		'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
		'ERR_SSL_SSL/TLS_ALERT_ILLEGAL_PARAMETER',
		'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
		'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
	])('if only the code %s is left of the alert', (code) => {
		expect(networkFault({ code }).kind).toBe('unreachable');
	});

	test.each([
		'error:0A00018A:SSL routines:tls_process_ske_dhe:dh key too small:../ssl/statem/statem_clnt.c:2100:',
		'error:0A00007B:SSL routines:tls_process_key_exchange:bad signature:../ssl/statem/statem_clnt.c:2300:',
	])('if the handshake failed on this side: %s', (reason) => {
		expect(networkFault(protocolError(reason)).kind).toBe('unreachable');
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

	test.each([
		['close notify', 0],
		['unexpected message', 10],
		['bad record MAC', 20],
		['internal error', 80],
		['user canceled', 90],
	])('after the TLS alert "%s", which can follow the request, too', async (_name, alert) => {
		expect(await kindAfterAlert(alert)).toBe('interrupted');
	});

	test.each([
		'error:0A0000F4:SSL routines:tls_process_new_session_ticket:length mismatch:../ssl/statem/statem_clnt.c:2500:',
		'error:0A00007A:SSL routines:tls_process_key_update:bad key update:../ssl/statem/statem_lib.c:600:',
	])('after a TLS message that follows the handshake: %s', (reason) => {
		expect(networkFault(protocolError(reason)).kind).toBe('interrupted');
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
