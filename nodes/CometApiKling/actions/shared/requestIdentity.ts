import { createHash } from 'crypto';

import { isRecord, type JsonRecord } from '../../kling/json';
import type { ParameterReader } from '../parameterReader';

/** Names a request by two hashes: later tries and tests find by them what was bought. */
export interface RequestIdentity {
	/** The same in all tries of an execution. */
	hash: string;
	/** The same in manual executions one after the other, for *Reuse While Testing*. */
	testHash: string;
}

/** Names of parameters, and of options, that make up a request. */
export interface RequestParameters {
	parameters: string[];
	options?: string[];
}

/** What an expression reads besides the item: its value counts as the input does. */
const OTHER_DATA = /\$\(|\$(node|items|input|vars|env)\b/;

/**
 * Names a request, so that a later try finds what an earlier one bought
 * (docs/maintainers/decisions.md#paid-once).
 *
 * What counts is whether the parameters as written or the input item changed, not what an expression
 * yields this time: one that holds `$now` yields something else in each try. Between the tries of one
 * execution the other nodes do not run again; between tests they do, so there what an expression takes
 * from them counts, too. In a tool call the model writes the parameters, behind expressions that never
 * change, so the values count.
 *
 * @param names what makes up the request: a longer Max Wait does not make a new request
 * @param files fingerprints of the input's files, which n8n stores under new IDs in each execution
 * @param values what the parameters yielded
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

/** The parameters as they are written in the workflow, expressions unresolved. */
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
