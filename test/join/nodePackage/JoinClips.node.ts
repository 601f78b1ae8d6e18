import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { joinClips } from '../../../nodes/CometApiKling/media/join/joinClips';
import {
	clipSource,
	storeJoined,
} from '../../../nodes/CometApiKling/transport/download/joinedStream';

/** Joins the files in the field `data` of all items. */
export class JoinClips implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Join Clips',
		name: 'joinClips',
		group: ['transform'],
		version: 1,
		description: 'Joins clips',
		defaults: { name: 'Join Clips' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const files = this.getInputData().map((_, item) => this.helpers.assertBinaryData(item, 'data'));
		const joined = await joinClips(files.map((file) => clipSource(this.helpers, file)));
		if (joined.kind === 'incompatible') throw new Error(joined.differences.join('; '));
		const file = await storeJoined(this.helpers, files, joined, 'talk.mp4');
		const { bytes, seconds } = joined;
		return [[{ json: { bytes, seconds }, binary: { data: file } }]];
	}
}
