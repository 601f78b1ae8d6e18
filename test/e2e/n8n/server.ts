import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';

import { freePort } from './freePort';
import { Rest } from './rest';
import { ServerProcess } from './serverProcess';
import { makeUserFolder } from './userFolder';

/** An n8n server with this package, for one test file. */
export interface N8nServer {
	url: string;
	rest: Rest;
	userFolder: string;
	process: ServerProcess;
	/** Stops the process and starts another with the same data. */
	restart(): Promise<void>;
	/** Stops the server and deletes its data. */
	stop(): Promise<void>;
}

export interface ServerOptions {
	/** The port; a free one if left out. */
	port?: number;
	env?: Record<string, string>;
	/** The folder; if left out, an empty temporary one, which is deleted at the end. */
	userFolder?: string;
}

/** Starts n8n with SQLite and this package, and signs in as its owner. */
export async function startN8n(options: ServerOptions = {}): Promise<N8nServer> {
	const port = options.port ?? (await freePort());
	const userFolder = options.userFolder ?? makeUserFolder();
	const env = { ...(await environment(userFolder, port)), ...options.env };
	const url = `http://127.0.0.1:${port}`;
	const rest = new Rest(url);
	const server: N8nServer = {
		url,
		rest,
		userFolder,
		process: new ServerProcess('start', env),
		restart: async () => {
			await server.process.stop();
			server.process = new ServerProcess('start', env);
			await server.process.ready(port);
		},
		stop: async () => {
			await server.process.stop();
			if (options.userFolder === undefined) rmSync(userFolder, { recursive: true, force: true });
		},
	};
	await server.process.ready(port);
	await rest.signIn();
	return server;
}

/** Environment of every process of a server; nothing leaves this machine. */
export async function environment(
	userFolder: string,
	port: number,
): Promise<Record<string, string>> {
	return {
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'),
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		N8N_RESTRICT_FILE_ACCESS_TO: path.join(userFolder, 'files'),
		N8N_LOG_LEVEL: 'info',
		// n8n would mistake a slow response on a busy machine for a lost database, and reject all
		// requests.
		DB_PING_TIMEOUT_MS: '60000',
		GENERIC_TIMEZONE: 'UTC',
	};
}
