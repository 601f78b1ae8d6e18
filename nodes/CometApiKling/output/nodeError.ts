import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { redact } from '../kling/errors/redact';
import { UserError } from '../kling/errors/userError';

export type NodeError = NodeApiError | NodeOperationError;

/**
 * The error that n8n shows and stores: the only place where such errors are created
 * (docs/maintainers/decisions.md#errors).
 *
 * It is built only from messages and codes. The thrown error is never wrapped, since errors of HTTP
 * clients contain the request, and with it the key and the media.
 */
export function toNodeError(fullNode: INode, thrown: unknown, itemIndex: number): NodeError {
	const node = withoutFiles(fullNode);
	if (thrown instanceof NodeOperationError || thrown instanceof NodeApiError) {
		// n8n's own errors contain the complete node, including files in its parameters.
		Reflect.set(thrown, 'node', node);
		return thrown;
	}
	if (!(thrown instanceof UserError)) {
		const words = thrown instanceof Error ? redact(thrown.message) : 'unknown error';
		return new NodeOperationError(node, `The node stopped unexpectedly: ${words}`, {
			itemIndex,
			description:
				'This is a bug in the node. Report it to the maintainers and include the message above.',
		});
	}
	const { advice, fault, taskId, externalTaskId, otherTaskIds } = thrown.details;
	const message = withIds(thrown.message, taskId, externalTaskId);
	const ids = [
		taskId === undefined ? undefined : `Task ID: ${taskId}.`,
		externalTaskId === undefined ? undefined : `External task ID: ${externalTaskId}.`,
		otherTaskIds && `Tasks of the other clips: ${otherTaskIds.join(', ')}.`,
	];
	const description = [advice, ...ids].filter((part) => part !== undefined).join(' ');
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

/** On the error output, n8n may keep only the item's message, so it must contain the IDs. */
function withIds(sentence: string, taskId?: string, externalTaskId?: string): string {
	if (taskId !== undefined)
		return sentence.includes(taskId) ? sentence : `${sentence} [task ${taskId}]`;
	return externalTaskId === undefined
		? sentence
		: `${sentence} [external task ID ${externalTaskId}]`;
}

/** Parameter values longer than this are files in base64. */
const MAX_PARAMETER_CHARACTERS = 5000;

/**
 * n8n stores and logs the node with its error; files in its parameters must not be included
 * (docs/maintainers/decisions.md#errors).
 */
function withoutFiles(node: INode): INode {
	const parameters = Object.fromEntries(
		Object.entries(node.parameters).map(([name, value]) => {
			const isFile = typeof value === 'string' && value.length > MAX_PARAMETER_CHARACTERS;
			return [name, isFile ? `[${value.length} characters]` : value];
		}),
	);
	return { ...node, parameters };
}
