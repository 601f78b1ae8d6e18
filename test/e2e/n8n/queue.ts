import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';

import { freePort } from './freePort';
import { Rest } from './rest';
import { environment } from './server';
import { ServerProcess } from './serverProcess';
import { makeUserFolder } from './userFolder';

/** Executions that each worker runs at a time. */
const WORKER_CONCURRENCY = 5;

/**
 * How soon n8n gives up on a dead worker's executions: a worker renews its lock on them every two
 * seconds. The default is a minute and a half.
 */
const STALLED_SETTINGS = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** With n8n's default of 2, two hundred executions and their callbacks queue for the database. */
const DATABASE_CONNECTIONS = '10';

/** Where PostgreSQL and Redis run; both trust this machine. */
const HOST = '127.0.0.1';

/** n8n in queue mode: a main process and workers, on the machine's PostgreSQL and Redis. */
export interface QueueServer {
	rest: Rest;
	url: string;
	main: ServerProcess;
	workers: ServerProcess[];
	userFolder: string;
	/** Starts another worker, and waits until it is ready. */
	addWorker(): Promise<ServerProcess>;
	stop(): Promise<void>;
}

/** Starts n8n in queue mode, with its own database, which is deleted when it stops. */
export async function startQueue(workerCount: number): Promise<QueueServer> {
	const name = `kling_${randomBytes(6).toString('hex')}`;
	psql(`CREATE DATABASE ${name}`);
	const userFolder = makeUserFolder();
	const port = await freePort();
	const env = {
		...(await environment(userFolder, port)),
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: HOST,
		QUEUE_BULL_PREFIX: name,
		...STALLED_SETTINGS,
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: HOST,
		DB_POSTGRESDB_DATABASE: name,
		DB_POSTGRESDB_USER: 'postgres',
		DB_POSTGRESDB_POOL_SIZE: DATABASE_CONNECTIONS,
		// Files on one machine's disk would not be available to workers on others.
		N8N_DEFAULT_BINARY_DATA_MODE: 'database',
	};
	const main = new ServerProcess('start', env);
	await main.ready(port);
	const url = `http://${HOST}:${port}`;
	const rest = new Rest(url);
	await rest.signIn();
	const server: QueueServer = {
		rest,
		url,
		main,
		workers: [],
		userFolder,
		addWorker: async () => {
			const healthPort = await freePort();
			const worker = new ServerProcess(
				'worker',
				{
					...env,
					N8N_RUNNERS_BROKER_PORT: String(await freePort()),
					QUEUE_HEALTH_CHECK_ACTIVE: 'true',
					QUEUE_HEALTH_CHECK_PORT: String(healthPort),
				},
				[`--concurrency=${WORKER_CONCURRENCY}`],
			);
			await worker.ready(healthPort);
			server.workers.push(worker);
			return worker;
		},
		stop: async () => {
			await Promise.all([...server.workers, main].map(async (one) => await one.stop()));
			psql(`DROP DATABASE ${name} WITH (FORCE)`);
			rmSync(userFolder, { recursive: true, force: true });
		},
	};
	await Promise.all(Array.from({ length: workerCount }, server.addWorker));
	return server;
}

function psql(statement: string): void {
	execFileSync('psql', ['-h', HOST, '-U', 'postgres', '-q', '-c', statement]);
}
