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

/**
 * References to anything but the item, the arguments of a tool call and the time: their values
 * count just as the input does. `${` belongs to JavaScript.
 */
const OTHER_DATA = /\$(?!(?:json|binary|now|today|fromAI)\b|\{)/i;

/** The field in which n8n gives each tool call of an agent a new ID. */
const TOOL_CALL_ID = 'toolCallId';

/**
 * Identifies a request, so that a later try finds the task that an earlier one created
 * (docs/maintainers/decisions.md#paid-once).
 *
 * The identity depends on the parameters as written and on the input item, not on the value of an
 * expression: one with `$now` has a new value in each try. Between the tries of one execution the
 * other nodes do not run again; between tests they do, so the values taken from them count there.
 * So they do between the tool calls of an agent, whose item contains what the model filled in.
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
	const item = reader.context.getInputData()[reader.itemIndex];
	const fields = { ...item?.json };
	if (reader.validation.isToolCall) delete fields[TOOL_CALL_ID];
	const written = writtenParameters(reader, names);
	const hash = hashOf([written, fields, files]);
	const { isToolCall } = reader.validation;
	const hasNoArguments = isToolCall && Object.keys(fields).length === 0;
	const readsOthers = OTHER_DATA.test(JSON.stringify(written));
	const valueHash = readsOthers || hasNoArguments ? hashOf([hash, values]) : hash;
	return { hash: isToolCall ? valueHash : hash, testHash: valueHash };
}

/** The parameters as written in the workflow, with expressions unevaluated. */
function writtenParameters(reader: ParameterReader, names: RequestParameters): unknown[] {
	const { parameters } = reader.context.getNode();
	const options: JsonRecord = isRecord(parameters.options) ? { ...parameters.options } : {};
	return [
		names.parameters.map((name) => withoutLabel(parameters[name])),
		(names.options ?? []).map((name) => options[name]),
	];
}

/** The value of a resource locator, without the name that the list showed for it. */
function withoutLabel(parameter: unknown): unknown {
	return isRecord(parameter) && parameter.__rl === true ? parameter.value : parameter;
}

function hashOf(parts: unknown[]): string {
	const json = JSON.stringify(parts, (_key, value: unknown) => normalized(value));
	return createHash('sha256').update(json).digest('hex').slice(0, 32);
}

/**
 * n8n stores items as JSON, without fields that are `undefined`, and some databases reorder the
 * keys. Neither may change the identity.
 */
function normalized(value: unknown): unknown {
	if (typeof value === 'bigint') return String(value);
	if (!isRecord(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
