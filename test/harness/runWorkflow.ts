import { engineProcess, type EngineProcess } from './engineProcess';
import { parseRunData } from './runData';
import type { EngineReport, RunningWorkflow, RunOptions, RunResult } from './types';

/** Runs a workflow in n8n's engine until its end; `engine` is the shared one if left out. */
export async function runWorkflow(options: RunOptions, engine?: EngineProcess): Promise<RunResult> {
	return await startWorkflow(options, engine).finished;
}

/** Starts a workflow in n8n's engine. */
export function startWorkflow(
	options: RunOptions,
	engine: EngineProcess = engineProcess(),
): RunningWorkflow {
	const { retryOf } = options;
	const asked = engine.ask({
		kind: 'run',
		// Only what was stored is sent to the other process.
		options: { ...options, ...(retryOf && { retryOf: { stored: retryOf.stored } }) },
	});
	const finished = asked.reply.then((reply) => {
		if (reply.kind !== 'report') throw new Error(`The engine replied with ${reply.kind}.`);
		return toResult(reply.report, engine);
	});
	return { finished, cancel: () => engine.tell({ id: asked.id, kind: 'cancel' }) };
}

function toResult(report: EngineReport, engine: EngineProcess): RunResult {
	const data = parseRunData(report.stored);
	return {
		...report,
		data,
		error: data.resultData.error,
		items: (nodeName, output = 0, run = 0) =>
			data.resultData.runData[nodeName]?.[run]?.data?.main?.[output] ?? [],
		bytes: async (file) => {
			if (!file) throw new Error('There is no such binary field.');
			const reply = await engine.ask({ kind: 'bytes', file }).reply;
			if (reply.kind !== 'bytes') throw new Error(`The engine replied with ${reply.kind}.`);
			return Buffer.from(reply.base64, 'base64');
		},
	};
}
