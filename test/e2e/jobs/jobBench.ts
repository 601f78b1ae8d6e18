import { mkdirSync } from 'node:fs';
import path from 'node:path';

import {
	createCredentials,
	startExampleServices,
	type ExampleServices,
} from '../playground/exampleServices';
import { importExamples, setUpExamples } from '../playground/importExamples';
import { openWorkbench, type Workbench } from '../workbench';

/** The shared server with a simulator and all services that the examples call. */
export interface JobBench extends Workbench {
	services: ExampleServices;
	/**
	 * Imports one example into n8n and does the one-time setup from its note.
	 *
	 * @param changes texts in the example with their replacements
	 * @returns the workflow's ID
	 */
	open(example: string, changes?: Record<string, string>): Promise<string>;
	close(): Promise<void>;
}

export async function openJobBench(): Promise<JobBench> {
	const bench = await openWorkbench();
	const services = await startExampleServices();
	const credentialIds = await createCredentials(bench.rest, services, bench.simulator);
	const fileFolder = path.join(bench.userFolder, 'files');
	mkdirSync(fileFolder, { recursive: true });
	return {
		...bench,
		services,
		open: async (example, changes = {}) => {
			const addresses = { ...services.addresses, ...changes };
			const surroundings = { credentialIds, fileFolder, addresses };
			const ids = await importExamples(bench.rest, surroundings, [example]);
			await setUpExamples(bench.rest, ids);
			return ids.get(example) ?? '';
		},
		close: async () => {
			await Promise.all([bench.simulator.stop(), services.stop()]);
		},
	};
}
