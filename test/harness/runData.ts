import { parse } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';

/**
 * Reads a run as n8n stores it.
 *
 * @throws where it is none
 */
export function parseRunData(stored: string): IRunExecutionData {
	const data: unknown = parse(stored);
	if (!isRunData(data)) throw new Error('The stored run cannot be read.');
	return data;
}

function isRunData(value: unknown): value is IRunExecutionData {
	return typeof value === 'object' && value !== null && 'resultData' in value;
}
