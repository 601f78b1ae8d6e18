import { WorkflowExecute } from 'n8n-core';
import { stringify } from 'flatted';
import {
	deepCopy,
	Workflow,
	type ExecutionStatus,
	type INode,
	type IPinData,
	type IRun,
	type IRunExecutionData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { additionalDataFor } from './additionalData';
import { allowFolder, logLines, startEngine, useBinaryMode } from './engine';
import { newRunData, parseRunData } from './runData';
import type { EngineReport, RunOptions, WorkflowJson } from './types';

let executions = 1000;

export interface EngineExecution {
	finished: Promise<EngineReport>;
	cancel(): void;
}

/** Starts a workflow in n8n's engine, in this process. */
export async function startInEngine(options: RunOptions): Promise<EngineExecution> {
	const nodes = await startEngine();
	await useBinaryMode(options.binaryMode ?? 'default');
	allowFolder(options.fileFolder);
	const { workflow: json, mode = options.retryOf ? 'retry' : 'manual' } = options;
	const executionId = options.executionId ?? String(executions++);
	// A workflow without an ID gets a new one: manual executions of the same workflow reuse tasks.
	const workflowId = json.id ?? `harness-${executionId}`;
	const workflow = new Workflow({
		id: workflowId,
		name: json.name ?? 'Harness',
		nodes: structuredClone(json.nodes),
		connections: structuredClone(json.connections),
		active: false,
		nodeTypes: nodes,
		staticData: options.staticData ?? {},
		settings: json.settings ?? { executionOrder: 'v1' },
		pinData: pinnedData(json, mode),
	});
	const additionalData = additionalDataFor(nodes, options, mode, executionId);
	const logsFrom = logLines.length;
	const data = executionData(options, workflow, mode);
	const execution = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(
		workflow,
	);
	const finished = execution.then(
		(run): EngineReport => ({
			status: statusOf(run),
			stored: stringify(run.data),
			logs: logLines.slice(logsFrom),
			staticData: deepCopy(workflow.staticData),
		}),
	);
	return { finished, cancel: () => execution.cancel() };
}

/** Before 2.0, the engine leaves it to the server to set the status of a failed execution. */
function statusOf({ status, data }: IRun): ExecutionStatus {
	return status === 'running' && data.resultData.error ? 'error' : status;
}

function executionData(
	options: RunOptions,
	workflow: Workflow,
	mode: WorkflowExecuteMode,
): IRunExecutionData {
	if (options.retryOf) return retriedData(options.retryOf, workflow);
	const start =
		options.startNode === undefined ? firstNode(workflow) : workflow.getNode(options.startNode);
	if (!start) throw new Error('The workflow has no node to start with.');
	return newRunData({
		resultData: { pinData: pinnedData(options.workflow, mode) },
		executionData: {
			nodeExecutionStack: [
				{ node: start, data: { main: [options.input ?? [{ json: {} }]] }, source: null },
			],
		},
	});
}

/** n8n uses pinned data only in manual executions (workflow-runner, `resolvePinData`). */
function pinnedData(workflow: WorkflowJson, mode: WorkflowExecuteMode): IPinData | undefined {
	return mode === 'manual' ? workflow.pinData : undefined;
}

function firstNode(workflow: Workflow): INode | undefined {
	const nodes = Object.values(workflow.nodes).filter((node) => !node.type.endsWith('.stickyNote'));
	return nodes.find((node) => /trigger$/i.test(node.type)) ?? nodes[0];
}

/**
 * What n8n's server does with a failed execution when it is retried (execution.service, `retry`),
 * *with the currently saved workflow*: its nodes replace the stored ones.
 */
function retriedData(failed: Pick<EngineReport, 'stored'>, workflow: Workflow): IRunExecutionData {
	const data = parseRunData(failed.stored);
	delete data.resultData.error;
	const last = data.resultData.lastNodeExecuted;
	const runs = last === undefined ? undefined : data.resultData.runData[last];
	if (runs && runs[runs.length - 1]?.error !== undefined) runs.pop();
	for (const entry of data.executionData?.nodeExecutionStack ?? []) {
		const node = workflow.getNode(entry.node.name);
		if (!node) throw new Error(`The workflow to retry has no node ${entry.node.name}.`);
		entry.node = node;
	}
	return data;
}
