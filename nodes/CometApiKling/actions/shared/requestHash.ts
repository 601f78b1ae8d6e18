import { createHash } from 'crypto';

import { isRecord, type JsonRecord } from '../../kling/json';
import type { ParameterReader } from '../parameterReader';

/** Names of parameters, and of options, that make up a request. */
export interface RequestParameters {
	parameters: string[];
	options?: string[];
}

/**
 * Names a request, so that a later try finds what an earlier one bought (SPEC 6).
 *
 * What counts is whether the parameters as written or the input item changed, not what an expression
 * yields this time: one that holds `$now` yields something else in each try. In a tool call the
 * parameters are written by the model, behind expressions that never change, so the values count.
 *
 * @param names what makes up the request: a longer Max Wait is no new request
 * @param files fingerprints of the input's files, which n8n stores under new IDs in each execution
 * @param values what the expressions yielded
 */
export function requestHash(
	reader: ParameterReader,
	names: RequestParameters,
	files: string[],
	values: unknown,
): string {
	if (reader.validation.isToolCall) return hashOf([values, files]);
	const item = reader.context.getInputData()[reader.itemIndex];
	return hashOf([written(reader, names), item?.json, files]);
}

/** The parameters as they are written in the workflow, expressions unresolved. */
function written(reader: ParameterReader, names: RequestParameters): unknown[] {
	const { parameters } = reader.context.getNode();
	const options: JsonRecord = isRecord(parameters.options) ? { ...parameters.options } : {};
	return [
		names.parameters.map((name) => parameters[name]),
		(names.options ?? []).map((name) => options[name]),
	];
}

function hashOf(parts: unknown[]): string {
	const json = JSON.stringify(parts, (_key, value: unknown) => value ?? null);
	return createHash('sha256').update(json).digest('hex').slice(0, 32);
}
