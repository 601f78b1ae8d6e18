import type { IDataObject } from 'n8n-workflow';

import type { Job } from '../actions/job';

/**
 * The fields of the input item that are output with the result, for *Include Input Fields*.
 *
 * An `error` field is left out: if the first output item has one, *Retry On Fail* executes the node
 * again (docs/maintainers/n8n-notes.md#waiting-and-resuming).
 */
export function includedFields(
	{ includeInput }: Pick<Job, 'includeInput'>,
	input: IDataObject,
): IDataObject {
	const fields = Object.entries(input).filter(([name]) => includeInput && name !== 'error');
	return Object.fromEntries(fields);
}
