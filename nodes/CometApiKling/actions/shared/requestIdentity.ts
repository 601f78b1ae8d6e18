import { createHash } from 'crypto';

import { isRecord, type JsonRecord } from '../../kling/json';
import type { ParameterReader } from '../parameterReader';

/** Identifies a request by two hashes, so that later tries and tests find the task it created. */
export interface RequestIdentity {
	/** The same in all tries of an execution. */
	hash: string;
	/** The same in consecutive manual executions, for *Reuse While Testing*. */
	testHash: string;
}

/** Names of parameters, and of options, that make up a request. */
export interface RequestParameters {
	parameters: string[];
	options?: string[];
}

/** References to data outside the item: their values count just as the input does. */
const OTHER_DATA = /\$\(|\$(node|items|input|vars|env)\b/;

/**
 * Identifies a request, so that a later try finds the task that an earlier one created
 * (docs/maintainers/decisions.md#paid-once).
 *
 * The identity depends on the parameters as written and on the input item, not on the value of an
 * expression: one with `$now` has a new value in each try. Between the tries of one execution the
 * other nodes do not run again; between tests they do, so the values taken from them count there.
 * In a tool call, the model fills in the parameters through expressions that never change, so the
 * values count.
 *
 * @param names the parameters that define the request; a longer Max Wait does not make it a new one
 * @param files fingerprints of the input's files, which n8n stores under new IDs in each execution
 * @param values the evaluated parameters
 */
export function identifyRequest(
	reader: ParameterReader,
	names: RequestParameters,
	files: string[],
	values: unknown,
): RequestIdentity {
	if (reader.validation.isToolCall) {
		const hash = hashOf([values, files]);
		return { hash, testHash: hash };
	}
	const item = reader.context.getInputData()[reader.itemIndex];
	const written = writtenParameters(reader, names);
	const hash = hashOf([written, item?.json, files]);
	const readsOthers = OTHER_DATA.test(JSON.stringify(written));
	return { hash, testHash: readsOthers ? hashOf([hash, values]) : hash };
}

/** The parameters as written in the workflow, with expressions unevaluated. */
function writtenParameters(reader: ParameterReader, names: RequestParameters): unknown[] {
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
