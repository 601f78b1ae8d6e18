import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator';
import { sampleFile } from '../../simulator/sampleMedia';
import { freePort } from '../n8n/freePort';
import type { Rest } from '../n8n/rest';
import { startN8n } from '../n8n/server';
import { makeUserFolder } from '../n8n/userFolder';
import { importExamples } from './importExamples';

/** Where n8n is by default, so that links in its own guides fit. */
export const USUAL_PORT = 5678;

/** The files that an example reads. */
const SAMPLES = ['face.jpg', 'voice.mp3'];

/** An n8n to try the node in: a simulated CometAPI, its credential and all examples are there. */
export interface Playground {
	url: string;
	rest: Rest;
	simulator: Simulator;
	/** Folder that the examples read from and write to. */
	fileFolder: string;
	/** Ends all processes; the data goes when this process ends. */
	stop(): Promise<void>;
}

/**
 * Starts the playground, at the port or the next free one.
 *
 * Its data is new each time and deleted at the end: what a newcomer sees is this clone's package
 * and examples, never what an earlier version left behind.
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
	const server = await startN8n({ port: await freePort(port), userFolder });
	const credentialId = await server.rest.createCredential('cometApiKlingApi', 'CometAPI', {
		apiKey: simulator.key,
		baseUrl: simulator.url,
	});
	await importExamples(server.rest, { credentialId, fileFolder });
	return {
		url: server.url,
		rest: server.rest,
		simulator,
		fileFolder,
		stop: async () => {
			await server.stop();
			await simulator.stop();
		},
	};
}
