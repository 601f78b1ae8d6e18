import { startN8n } from '../n8n/server';
import { SHARED_URL, SHARED_FOLDER, shared } from './shared';

/** Starts the n8n server that most test files share; starting one takes a quarter of a minute. */
export default async function start(): Promise<void> {
	const server = await startN8n();
	shared.server = server;
	process.env[SHARED_URL] = server.url;
	process.env[SHARED_FOLDER] = server.userFolder;
}
