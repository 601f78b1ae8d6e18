import { AVATAR_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import type { ApiContext } from '../../nodes/CometApiKling/transport/apiRequest';
import { klingService } from '../../nodes/CometApiKling/transport/klingService';
import { VirtualClock } from '../support/virtualClock';

const KEY = 'own-key-1990';
const BASE_URL = 'https://api.example.com';

/** A context whose requests all fail with this message. */
function brokenContext(message: string): { context: ApiContext; sent: string[] } {
	const sent: string[] = [];
	const request = async (_type: string, { url }: { url: string }): Promise<never> => {
		sent.push(url);
		throw new Error(message);
	};
	const context: unknown = {
		getCredentials: async () => ({ apiKey: KEY, baseUrl: BASE_URL }),
		helpers: { httpRequestWithAuthentication: request },
	};
	if (!isContext(context)) throw new Error('It is not a context.');
	return { context, sent };
}

function isContext(value: unknown): value is ApiContext {
	return typeof value === 'object' && value !== null && 'helpers' in value;
}

test.each(['..', '.', '', 'a/b', '../../v1/models', '%2e%2e', 'a\\b', 'a?b', 'a#b'])(
	'sends no query for %j',
	async (id) => {
		const { context, sent } = brokenContext('broken');
		const service = klingService(context, BASE_URL, new VirtualClock());
		expect(await service.query(AVATAR_ROUTE, id, 1000)).toEqual({
			kind: 'fault',
			fault: { kind: 'invalidId', message: `"${id}"` },
		});
		expect(sent).toEqual([]);
	},
);

test.each(['7781', 'task_a.b-c', 'kling:9@1'])('a query for %j stays on its route', async (id) => {
	const { context, sent } = brokenContext('broken');
	await klingService(context, BASE_URL, new VirtualClock()).query(AVATAR_ROUTE, id, 1000);
	const { pathname } = new URL(sent[0] ?? '');
	expect(pathname.split('/')).toHaveLength(7);
	expect(decodeURIComponent(pathname)).toBe(`/kling/v1/videos/avatar/image2video/${id}`);
});

test("hides the key in the network's message", async () => {
	const { context } = brokenContext(`cannot send ${KEY}`);
	const service = klingService(context, BASE_URL, new VirtualClock());
	for (const reply of [
		await service.query(AVATAR_ROUTE, '1', 1000),
		await service.create(AVATAR_ROUTE, Buffer.from('{}'), 'n8n-1'),
	]) {
		expect(reply).toMatchObject({ fault: { message: 'cannot send [hidden]' } });
	}
});
