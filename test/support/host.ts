import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on this machine that responds as a test says, and records the requests. */
export interface Host {
	url: string;
	requests: IncomingMessage[];
	/** The server itself, for tests of its connections. */
	server: Server;
	stop(): Promise<void>;
}

export async function startHost(respond: RequestListener): Promise<Host> {
	const requests: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		requests.push(request);
		respond(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${portOf(server.address())}`,
		requests,
		server,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** The port that a server listens on. */
export function portOf(address: AddressInfo | string | null): number {
	if (typeof address === 'object' && address !== null) return address.port;
	throw new Error('The server has no port.');
}
