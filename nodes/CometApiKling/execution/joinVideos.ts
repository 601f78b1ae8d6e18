import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ParameterReader } from '../actions/parameterReader';
import { findInputFile } from '../actions/shared/inputFile';
import { readDownload } from '../actions/shared/outputs';
import { UserError } from '../kling/errors/userError';
import { errorItem } from '../output/errorItem';
import { joinFiles } from '../output/joinFiles';
import { toNodeError } from '../output/nodeError';
import { fileNameFor } from '../transport/download/fileName';

/** Joining sends no requests, so these values do not matter. */
const NO_REQUEST = { apiIsLocal: false, isToolCall: false, resumeUrl: '' };

/**
 * Joins the clips of all input items into one video, in input order. No request is sent, and
 * nothing is charged.
 *
 * @throws NodeOperationError with the index of the item whose clip cannot be joined
 */
export async function joinVideos(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const files: IBinaryData[] = [];
	let itemIndex = 0;
	try {
		for (; itemIndex < items.length; itemIndex++) {
			const parameters = new ParameterReader(context, itemIndex, NO_REQUEST);
			files.push(findInputFile(parameters, 'binaryPropertyName', 'Input Binary Field'));
		}
		itemIndex = 0;
		const { binaryField, fileName } = readDownload(new ParameterReader(context, 0, NO_REQUEST));
		const { binary, facts, differences } = await joinFiles(context, files, {
			binaryField,
			fileName: fileNameFor(fileName ?? 'joined', 'joined', 'mp4'),
			signal: context.getExecutionCancelSignal(),
		});
		if (differences) {
			throw new UserError(`The clips cannot be joined: ${differences.join('; ')}`, {
				advice: 'Use clips with the same settings, for example clips that the same node created.',
			});
		}
		return [
			{
				json: { ...facts, clips: files.length },
				binary,
				pairedItem: items.map((_, item) => ({ item })),
			},
		];
	} catch (error) {
		if (error instanceof UserError) itemIndex = error.details.clipIndex ?? itemIndex;
		if (context.continueOnFail()) return [errorItem(context, error, itemIndex)];
		throw toNodeError(context.getNode(), error, itemIndex);
	}
}
