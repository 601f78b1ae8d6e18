import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator';
import { sampleFile } from '../../simulator/sampleMedia';
import { freePort } from '../n8n/freePort';
import type { Rest } from '../n8n/rest';
import { startN8n } from '../n8n/server';
import { makeUserFolder } from '../n8n/userFolder';
import { createCredentials, startExampleServices, type ExampleServices } from './exampleServices';
import { importExamples, setUpExamples } from './importExamples';

/** n8n's default port, so that the links in its own guides work. */
export const USUAL_PORT = 5678;

/** The files that an example reads. */
const SAMPLES = ['face.jpg', 'voice.mp3'];

/**
 * An n8n instance to try the node in: with all examples, and simulated services with their
 * credentials.
 */
export interface Playground {
	url: string;
	/** The list of the examples. n8n's own first page is its assistant, which is of no use here. */
	examplesUrl: string;
	/** A URL that works as 'Image URL'. */
	faceUrl: string;
	/** The published form of example 12. */
	formUrl: string;
	rest: Rest;
	simulator: Simulator;
	services: ExampleServices;
	/** Folder that the examples read from and write to. */
	fileFolder: string;
	/** Stops all processes; the data is deleted when this process ends. */
	stop(): Promise<void>;
}

/**
 * Starts the playground on the port, or on the next free one.
 *
 * Its data is new each time and deleted at the end, so that users see this clone's package and
 * examples, never the remains of an earlier version.
 */
export async function startPlayground(
	port: number,
	simulatorOptions: SimulatorOptions,
): Promise<Playground> {
	const userFolder = makeUserFolder();
	process.once('exit', () => rmSync(userFolder, { recursive: true, force: true }));
	const fileFolder = path.join(userFolder, 'files');
	mkdirSync(fileFolder);
	for (const name of SAMPLES) copyFileSync(await sampleFile(name), path.join(fileFolder, name));

	const simulator = await startSimulator({ media: 'real', ...simulatorOptions });
	const services = await startExampleServices();
	const server = await startN8n({ port: await freePort(port), userFolder });
	const credentialIds = await createCredentials(server.rest, services, simulator);
	const ids = await importExamples(server.rest, {
		credentialIds,
		fileFolder,
		addresses: services.addresses,
	});
	await setUpExamples(server.rest, ids);
	return {
		url: server.url,
		examplesUrl: `${server.url}/home/workflows`,
		faceUrl: `${simulator.mediaUrl}/face.png`,
		formUrl: `${server.url}/form/avatar-video`,
		rest: server.rest,
		simulator,
		services,
		fileFolder,
		stop: async () => {
			await server.stop();
			await Promise.all([simulator.stop(), services.stop()]);
		},
	};
}
