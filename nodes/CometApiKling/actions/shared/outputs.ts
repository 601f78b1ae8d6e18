import type { INodeProperties } from 'n8n-workflow';

import type { JobDownload } from '../../run/job';
import { bad, type Form } from '../form';

/** Field names that n8n, and JavaScript beneath it, keep for themselves. */
const RESERVED_FIELDS = ['__proto__', 'constructor', 'prototype'];

export const simplifyProperty: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The field that a downloaded file is put into, shown where the flag before it is on. */
export function outputFieldProperty(show: Record<string, boolean[]>): INodeProperties {
	return {
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyOutput',
		type: 'string',
		required: true,
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
		displayOptions: { show },
	};
}

/** Reads what the fields above ask for. */
export function readDownload(form: Form): JobDownload {
	const binaryField = form.requiredText('binaryPropertyOutput', 'Put Output File in Field', 'data');
	if (RESERVED_FIELDS.includes(binaryField) || binaryField.length > 100) {
		throw bad(
			'Put Output File in Field',
			'is no name for a field',
			'Enter a short name, for example data.',
		);
	}
	const fileName = form.optionalText('fileName', 'File Name');
	return { binaryField, ...(fileName !== undefined && { fileName }) };
}
