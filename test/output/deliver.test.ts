import { Readable } from 'node:stream';

import type { IBinaryData } from 'n8n-workflow';
import pLimit from 'p-limit';

import { UserError } from '../../nodes/CometApiKling/kling/errors/userError';
import { readTask } from '../../nodes/CometApiKling/kling/response/readTask';
import { AVATAR_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import { deliver } from '../../nodes/CometApiKling/output/deliver';
import type { Delivery, EndedTask } from '../../nodes/CometApiKling/output/delivery';
import type { ApiContext } from '../../nodes/CometApiKling/transport/apiRequest';
import { hostClock } from '../../nodes/CometApiKling/transport/hostClock';

const DELIVERY: Delivery = {
	itemIndex: 0,
	route: AVATAR_ROUTE,
	simplify: true,
	includeInput: false,
	needsResult: true,
	download: { binaryField: 'data' },
};

const STORED: IBinaryData = { id: 's3:1', data: 's3', mimeType: 'video/mp4', fileName: 'a.mp4' };

function finished(id: string, url?: string): EndedTask {
	const videos = [{ ...(url !== undefined && { url }), duration: '5' }];
	const task = readTask([{ task_id: id, task_status: 'succeed', task_result: { videos } }]);
	if (!task) throw new Error('The task cannot be read.');
	return { task };
}

const LINK = 'https://files.example.com/a.mp4';

const MP4 = Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isommp42\0\0\0\0mdat', 'latin1');

/** A context that downloads files and loses them at once. */
function forgetfulContext(): ApiContext {
	const context: unknown = {
		getCredentials: async () => ({ apiKey: 'key', baseUrl: 'https://api.example' }),
		helpers: {
			httpRequest: async () => ({ body: Readable.from([MP4]), statusCode: 200 }),
			prepareBinaryData: async (body: Readable) => {
				await body.toArray();
				return STORED;
			},
			getBinaryStream: async () => await Promise.reject(new Error('File not found')),
		},
	};
	if (!isContext(context)) throw new Error('The context has no helpers.');
	return context;
}

function isContext(value: unknown): value is ApiContext {
	return typeof value === 'object' && value !== null && 'helpers' in value;
}

/** Delivers tasks whose files were downloaded, but can no longer be read. */
async function deliverLost(ended: EndedTask[]): ReturnType<typeof deliver> {
	const { signal } = new AbortController();
	const run = { downloads: pLimit(2), clock: hostClock, signal };
	return await deliver(forgetfulContext(), run, DELIVERY, ended);
}

test('a paid video is delivered even if its size cannot be measured', async () => {
	const item = await deliverLost([finished('770', LINK)]);
	expect(item.binary?.data).toBe(STORED);
	expect(item.json.task_id).toBe('770');
	expect(item.json).not.toHaveProperty('video_width');
});

async function errorOf(ended: EndedTask[]): Promise<UserError> {
	const thrown: unknown = await deliverLost(ended).catch((error: unknown) => error);
	if (!(thrown instanceof UserError)) throw new Error('It is not a UserError.', { cause: thrown });
	return thrown;
}

test('if the clips of a talk cannot be joined, the error has the IDs of all of them', async () => {
	const { message, details } = await errorOf([finished('770', LINK), finished('771', LINK)]);
	expect(message).toContain('Clip 1 cannot be joined: n8n can no longer read its file "a.mp4"');
	expect(details).toMatchObject({ taskId: '770', otherTaskIds: ['771'] });
	expect(details.advice).toMatch(/Task > Get.* Nothing is charged again\.$/);
	expect(details.advice).not.toContain('Run the node');
});

test('if one clip of a talk has no link, the error has the IDs of the others, too', async () => {
	const { details } = await errorOf([finished('770', LINK), finished('771')]);
	expect(details).toMatchObject({ taskId: '771', otherTaskIds: ['770'] });
});
