import { parse } from 'flatted';
import * as n8n from 'n8n-workflow';
import type { IRunExecutionData } from 'n8n-workflow';

/**
 * Reads an execution as n8n stores it.
 *
 * @throws if it is not an execution
 */
export function parseRunData(stored: string): IRunExecutionData {
	const data: unknown = parse(stored);
	if (!isRunData(data)) throw new Error('The stored execution cannot be read.');
	return data;
}

type NewRun = NonNullable<Parameters<typeof n8n.createRunExecutionData>[0]>;

/**
 * An execution before its first node. n8n has a function for it; before 1.117, its server wrote the
 * object itself.
 */
export function newRunData(start: NewRun): IRunExecutionData {
	if ('createRunExecutionData' in n8n) return n8n.createRunExecutionData(start);
	const data: unknown = {
		startData: {},
		resultData: { runData: {}, ...start.resultData },
		executionData: {
			contextData: {},
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
			...start.executionData,
		},
	};
	if (!isRunData(data)) throw new Error('This is not an execution.');
	return data;
}

function isRunData(value: unknown): value is IRunExecutionData {
	return typeof value === 'object' && value !== null && 'resultData' in value;
}
