import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { UserError } from '../kling/errors/userError';
import type { Charges } from './delivery';
import { toNodeError, type NodeError } from './nodeError';

const NO_CHARGES: Charges = { taskIds: [], unconfirmedIds: [] };

/**
 * The output for a failed input item, for *Continue* and *Continue (using error output)*: the
 * input's fields, the error as text and the IDs that are known.
 *
 * @param charges what the item was or may have been charged for
 */
export function errorItem(
	context: IExecuteFunctions,
	thrown: unknown,
	itemIndex: number,
	charges: Charges = NO_CHARGES,
): INodeExecutionData {
	const error = toNodeError(context.getNode(), thrown, itemIndex);
	const input = context.getInputData()[itemIndex]?.json ?? {};
	const details = thrown instanceof UserError ? thrown.details : undefined;
	const named = details?.otherTaskIds ?? [];
	const isAboutAnother = named.length > 0 || details?.externalTaskId !== undefined;
	const taskId = details?.taskId ?? (isAboutAnother ? undefined : charges.taskIds[0]);
	const otherTaskIds = [...new Set([...named, ...charges.taskIds])].filter((id) => id !== taskId);
	const externalTaskId = details?.externalTaskId ?? charges.unconfirmedIds[0];
	const otherExternalIds = charges.unconfirmedIds.filter((id) => id !== externalTaskId);
	const item: INodeExecutionData = {
		json: {
			...input,
			error: error.message,
			...(taskId !== undefined && { task_id: taskId }),
			...(externalTaskId !== undefined && { external_task_id: externalTaskId }),
			...(otherTaskIds.length > 0 && { other_clip_task_ids: otherTaskIds }),
			...(otherExternalIds.length > 0 && { other_external_task_ids: otherExternalIds }),
		},
		pairedItem: { item: itemIndex },
	};
	return hasErrorOutput(context) ? forErrorOutput(item, error) : item;
}

/**
 * The same item for storage with a waiting execution, which drops what `forErrorOutput` adds.
 * For the error output, it contains only the error: n8n sends it there and adds the fields
 * of the input item.
 */
export function storedErrorItem(
	context: Pick<IExecuteFunctions, 'getNode'>,
	{ json, pairedItem }: INodeExecutionData,
): INodeExecutionData {
	return hasErrorOutput(context)
		? { json: { error: json.error }, pairedItem }
		: { json, pairedItem };
}

function hasErrorOutput(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().onError === 'continueErrorOutput';
}

/**
 * Marks an item for the error output. n8n sends an item there if it has an `error`, and then
 * replaces all fields of every item that still has one with the message. In between, it copies the
 * item with a spread, so a non-enumerable `error` is seen first and is gone afterwards. It is
 * writable because older versions clear it. On the regular output, an `error` would only cost the
 * item its fields (docs/maintainers/n8n-notes.md#error-items).
 */
function forErrorOutput(item: INodeExecutionData, error: NodeError): INodeExecutionData {
	return Object.defineProperty(item, 'error', { value: error, enumerable: false, writable: true });
}
