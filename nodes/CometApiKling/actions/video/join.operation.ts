import type { INodeProperties } from 'n8n-workflow';

import { optionsProperty } from '../shared/optionProperties';
import { outputFieldProperty } from '../shared/outputs';
import { showFor } from '../shared/showFor';

/** The parameters of *Video > Join*. */
export const joinVideosProperties: INodeProperties[] = showFor('video', 'join', [
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input binary field containing the clip',
		description: 'MP4 with H.264 and AAC. All clips need the same picture size.',
	},
	outputFieldProperty({}),
	optionsProperty(['fileName']),
]);
