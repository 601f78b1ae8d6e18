import {
	NodeConnectionTypes,
	sleep,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { isRecord } from '../../../support/isRecord';

const CREDENTIAL = 'cometApiKlingApi';
const ROUTE = '/kling/v1/videos/avatar/image2video';

/**
 * Works like most nodes for such services: for each item, it creates a task, polls it at a fixed
 * interval until it has finished, and downloads the video.
 */
export class SequentialKling implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sequential Kling',
		name: 'sequentialKling',
		group: ['transform'],
		version: 1,
		description: 'A baseline of the benchmark',
		defaults: { name: 'Sequential Kling' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL, required: true }],
		properties: ['firstSeconds', 'growth', 'maxSeconds', 'mediaUrl'].map((name) => ({
			displayName: name,
			name,
			type: 'string',
			default: '',
		})),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		for (let item = 0; item < this.getInputData().length; item++) {
			output.push(await makeVideo(this, item));
		}
		return [output];
	}
}

async function makeVideo(context: IExecuteFunctions, item: number): Promise<INodeExecutionData> {
	const number = (name: string): number => Number(context.getNodeParameter(name, item));
	const text = (value: unknown): string => (typeof value === 'string' ? value : '');
	const media = text(context.getNodeParameter('mediaUrl', item));
	const { baseUrl } = await context.getCredentials(CREDENTIAL);
	const api = async (options: Partial<IHttpRequestOptions>, path = ''): Promise<unknown> => {
		const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			{ url: `${text(baseUrl)}${ROUTE}${path}`, json: true, ...options },
		);
		return isRecord(response) ? response.data : undefined;
	};
	let task = await api({
		method: 'POST',
		body: {
			image: `${media}/face.png`,
			sound_file: `${media}/voice.mp3`,
			prompt: 'The person speaks.',
			mode: 'std',
		},
	});
	for (let polls = 0; isRecord(task) && task.task_status !== 'succeed'; polls++) {
		const seconds = Math.min(
			number('maxSeconds'),
			number('firstSeconds') * number('growth') ** polls,
		);
		await sleep(seconds * 1000);
		task = await api({ method: 'GET' }, `/${text(task.task_id)}`);
	}
	const file: unknown = await context.helpers.httpRequest({
		method: 'GET',
		url: videoUrl(task),
		encoding: 'arraybuffer',
	});
	if (!Buffer.isBuffer(file)) throw new Error('The video was not received.');
	const binary = { data: await context.helpers.prepareBinaryData(file, 'video.mp4', 'video/mp4') };
	return { json: {}, binary, pairedItem: { item } };
}

function videoUrl(task: unknown): string {
	const result = isRecord(task) ? task.task_result : undefined;
	const videos: unknown = isRecord(result) ? result.videos : undefined;
	const video: unknown = Array.isArray(videos) ? videos[0] : undefined;
	if (!isRecord(video) || typeof video.url !== 'string') throw new Error('There is no video.');
	return video.url;
}
