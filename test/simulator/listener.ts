import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

/** A server on this machine that can stop and come back on the same port. */
export class Listener {
	private readonly server: Server;
	private readonly sockets = new Set<Socket>();

	constructor(listener: RequestListener) {
		this.server = createServer(listener);
		this.server.on('connection', (socket: Socket) => {
			this.sockets.add(socket);
			socket.on('close', () => this.sockets.delete(socket));
			socket.on('error', () => socket.destroy());
		});
	}

	/**
	 * Listens on the port (0: any), or on the next free one, and returns it.
	 *
	 * @throws if the port cannot be used for any reason other than being in use
	 */
	async open(port: number): Promise<number> {
		try {
			return await this.openAt(port);
		} catch (error) {
			if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
			return await this.open(port + 1);
		}
	}

	/** Closes all connections and accepts no more. */
	async close(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	/**
	 * Listens on this port and no other.
	 *
	 * @throws if it cannot be used
	 */
	async openAt(port: number): Promise<number> {
		return await new Promise((resolve, reject) => {
			const { server } = this;
			const onError = (error: Error): void => {
				server.off('listening', onListening);
				reject(error);
			};
			const onListening = (): void => {
				server.off('error', onError);
				const address = server.address();
				if (address === null || typeof address === 'string') reject(new Error('There is no port.'));
				else resolve(address.port);
			};
			server.once('error', onError).once('listening', onListening);
			server.listen(port, '127.0.0.1');
		});
	}
}
