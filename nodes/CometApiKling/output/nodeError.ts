import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { isRecord } from '../kling/json';
import { redact } from '../kling/errors/redact';
import { UserError } from '../kling/errors/userError';

export type NodeError = NodeApiError | NodeOperationError;

/**
 * The errors of JavaScript itself. Only these are bugs of the node: everything else is thrown by
 * n8n or its server, for example because a file is missing or the disk is full.
 */
const BUGS = [
	'TypeError',
	'RangeError',
	'ReferenceError',
	'SyntaxError',
	'EvalError',
	'AssertionError',
];

const STORAGE_OR_CREDENTIAL =
	'Check the storage of n8n, whose disk may be full or no longer contain a file, and the credential of this node. The message comes from n8n or its server.';

/**
 * The error that n8n shows and stores: the only place where such errors are created
 * (docs/maintainers/decisions.md#errors).
 *
 * It is built only from messages and codes. The thrown error is never wrapped, since errors of HTTP
 * clients contain the request, and with it the key and the media.
 *
 * @param advice what to do about an error of n8n or its server, if the caller knows its cause
 */
export function toNodeError(
	fullNode: INode,
	thrown: unknown,
	itemIndex: number,
	advice = STORAGE_OR_CREDENTIAL,
): NodeError {
	const node = withoutFiles(fullNode);
	if (thrown instanceof NodeOperationError || thrown instanceof NodeApiError) {
		// n8n's own errors contain the complete node, including files in its parameters.
		Reflect.set(thrown, 'node', node);
		return thrown;
	}
	if (!(thrown instanceof UserError)) return unexpectedError(node, thrown, itemIndex, advice);
	const { fault, taskId, externalTaskId, otherTaskIds } = thrown.details;
	const message = withIds(thrown.message, taskId, externalTaskId);
	const ids = [
		taskId === undefined ? undefined : `Task ID: ${taskId}.`,
		externalTaskId === undefined ? undefined : `External task ID: ${externalTaskId}.`,
		otherTaskIds && `Tasks of the other clips: ${otherTaskIds.join(', ')}.`,
	];
	const description = [thrown.details.advice, ...ids]
		.filter((part) => part !== undefined)
		.join(' ');
	const error =
		fault === undefined
			? new NodeOperationError(node, message, { itemIndex, description })
			: new NodeApiError(
					node,
					{ message },
					{
						message,
						description,
						itemIndex,
						...(fault.httpStatus !== undefined && { httpCode: String(fault.httpStatus) }),
					},
				);
	// n8n replaces messages that contain a network code, so set the message again.
	error.message = message;
	if (taskId !== undefined) error.context.task_id = taskId;
	if (externalTaskId !== undefined) error.context.external_task_id = externalTaskId;
	if (otherTaskIds !== undefined) error.context.other_clip_task_ids = otherTaskIds;
	if (fault?.code !== undefined) error.context.code = fault.code;
	return error;
}

/** The error for anything that the node does not expect: its own bugs, and faults of n8n. */
function unexpectedError(
	node: INode,
	thrown: unknown,
	itemIndex: number,
	advice: string,
): NodeOperationError {
	const words = isError(thrown) ? redact(thrown.message) : 'unknown error';
	const isBug = isBugOfNode(thrown);
	const message = isBug
		? `The node stopped unexpectedly: ${words}`
		: words || 'n8n reported an unknown error';
	const description = isBug
		? 'This is a bug in the node. Report it to the maintainers and include the message above.'
		: advice;
	const error = new NodeOperationError(node, message, { itemIndex, description });
	// n8n replaces messages that contain a system code, so set the message again.
	error.message = message;
	return error;
}

/** Whether a thrown value is a bug of the node rather than a fault of n8n or its server. */
export function isBugOfNode(thrown: unknown): boolean {
	return !isError(thrown) || BUGS.includes(thrown.name);
}

/** Also recognizes errors of another realm, such as a `vm` context, which `instanceof` does not. */
export function isError(thrown: unknown): thrown is Error {
	return thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]';
}

/** On the error output, n8n may keep only the item's message, so it must contain the IDs. */
function withIds(sentence: string, taskId?: string, externalTaskId?: string): string {
	if (taskId !== undefined)
		return sentence.includes(taskId) ? sentence : `${sentence} [task ${taskId}]`;
	return externalTaskId === undefined
		? sentence
		: `${sentence} [external task ID ${externalTaskId}]`;
}

/** No other parameter is as long as this; a file in base64 usually is. */
const MAX_PARAMETER_CHARACTERS = 5000;

/** The start of a data URL, or a run of base64 that is longer than any ID or signature. */
const FILE_CONTENT = /^\s*data:|[A-Za-z0-9+/=_-]{256}/;

/**
 * n8n stores and logs the node with its error; files in its parameters must not be included
 * (docs/maintainers/decisions.md#errors).
 */
function withoutFiles(node: INode): INode {
	const copy = { ...node };
	Reflect.set(copy, 'parameters', withoutFileContent(node.parameters));
	return copy;
}

function withoutFileContent(value: unknown): unknown {
	if (typeof value === 'string') {
		const isFile = value.length > MAX_PARAMETER_CHARACTERS || FILE_CONTENT.test(value);
		return isFile ? `[${value.length} characters]` : value;
	}
	if (Array.isArray(value)) return value.map(withoutFileContent);
	if (!isRecord(value)) return value;
	const fields = Object.entries(value).map(([key, field]) => [key, withoutFileContent(field)]);
	const copy: unknown = Object.fromEntries(fields);
	return copy;
}
