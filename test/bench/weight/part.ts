import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';

import { PROJECT_FOLDER } from '../../harness/project';
import { emptyFolder, pack } from '../../package/installedPackage';
import { atMost, compare, type PartResult } from '../figures';

const OWN_NODE = path.join(PROJECT_FOLDER, 'dist/nodes/CometApiKling/CometApiKling.node.js');
const HTTP_NODE = require.resolve('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js');

/**
 * A module that both need and n8n has already loaded; the rest is the node's own weight.
 */
const N8N_WORKFLOW = require.resolve('n8n-workflow');

/** Each figure is the median of this many processes, run alternately. */
const PROCESSES = 9;

/** The target; n8n itself sets no limit. */
const MAX_TARBALL_KB = 300;

/** Measures the size of the package and the time to load it. */
export async function benchWeight(): Promise<PartResult> {
	const times = { own: [] as number[], http: [] as number[], host: [] as number[] };
	for (let round = 0; round < PROCESSES; round++) {
		times.own.push(requireMs(OWN_NODE));
		times.http.push(requireMs(HTTP_NODE));
		times.host.push(requireMs(N8N_WORKFLOW));
	}
	const own = median(times.own);
	const http = median(times.http);
	return {
		title: 'Weight',
		figures: [
			atMost(
				"Time to `require` the node, as a share of the HTTP Request node's",
				own / http,
				1,
				'',
			),
			compare('Time to `require` the node', own, 'ms'),
			compare('Time to `require` the HTTP Request node', http, 'ms'),
			compare('Time to `require` n8n-workflow alone, which both include', median(times.host), 'ms'),
			atMost('Packed tarball', tarballKilobytes(), MAX_TARBALL_KB, 'kB'),
		],
	};
}

function requireMs(file: string): number {
	const script = path.join(__dirname, 'requireTime.cjs');
	return Number(execFileSync(process.execPath, [script, file], { encoding: 'utf8' }));
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function tarballKilobytes(): number {
	const folder = emptyFolder();
	try {
		return pack(folder).packedBytes / 1000;
	} finally {
		rmSync(folder, { recursive: true });
	}
}
