import type { INodeProperties } from 'n8n-workflow';

import type { JobDownload } from '../job';
import { invalidParameter } from '../invalidParameter';
import type { ParameterReader } from '../parameterReader';

/** Field names that JavaScript objects inherit and that n8n rejects. */
const RESERVED_FIELDS = ['__proto__', 'constructor', 'prototype'];

export const simplifyProperty: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The field for a downloaded file, shown if the toggle before it is on. */
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

/** The fields for the result of a task of any kind. */
export const downloadFileProperties: INodeProperties[] = [
	{
		displayName: 'Download File',
		name: 'downloadVideo',
		type: 'boolean',
		default: false,
		description:
			'Whether to download the result of a successful task and add it to the output as a file',
	},
	outputFieldProperty({ downloadVideo: [true] }),
];

/** An option of all operations that download. */
export const fileNameProperty: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. episode-42.mp4',
	description:
		'Name of the output file. If left empty, the task ID is used, or joined.mp4 for a joined video.',
};

/** A model reads a tool's output, so it is always simplified; n8n drops the files of tools. */
export function readSimplify(parameters: ParameterReader): boolean {
	return parameters.flag('simplify', 'Simplify') || parameters.validation.isToolCall;
}

/**
 * Reads the download settings from the fields above.
 *
 * @param name the parameter that turns the download on
 * @returns `undefined` if no file is to be downloaded
 * @throws UserError that names the parameter
 */
export function readDownloadIf(
	parameters: ParameterReader,
	name: string,
	label: string,
): JobDownload | undefined {
	const isWanted = parameters.flag(name, label) && !parameters.validation.isToolCall;
	return isWanted ? readDownload(parameters) : undefined;
}

/**
 * Reads the field and the name of the output file.
 *
 * @throws UserError that names the parameter
 */
export function readDownload(parameters: ParameterReader): JobDownload {
	const binaryField = parameters.requiredText(
		'binaryPropertyOutput',
		'Put Output File in Field',
		'data',
	);
	if (RESERVED_FIELDS.includes(binaryField) || binaryField.length > 100) {
		throw invalidParameter(
			'Put Output File in Field',
			'is not a valid field name',
			'Enter a short name, for example data.',
		);
	}
	const fileName = parameters.optionalText('fileName', 'File Name');
	return { binaryField, ...(fileName !== undefined && { fileName }) };
}
