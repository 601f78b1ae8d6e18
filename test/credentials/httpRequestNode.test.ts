import type { INodeParameters } from 'n8n-workflow';

import { chainOf, nodeOf, runWorkflow, type RunResult } from '../harness';
import { startHost, type Host } from '../support/host';

const KEY = 'sk-secret-0123456789';

let api: Host;
let other: Host;

beforeAll(async () => {
	other = await startHost((_request, response) => response.end('{"from":"other"}'));
	api = await startHost((request, response) => {
		if (request.url === '/away') {
			response.writeHead(302, { location: `${other.url}/here` }).end();
			return;
		}
		response.setHeader('content-type', 'application/json').end('{"from":"api"}');
	});
});
beforeEach(() => [api, other].forEach((host) => (host.requests.length = 0)));
afterAll(async () => void (await Promise.all([api.stop(), other.stop()])));

/** n8n's HTTP Request node with *Predefined Credential Type*. */
async function request(parameters: INodeParameters, baseUrl = api.url): Promise<RunResult> {
	const node = nodeOf(
		'HTTP',
		'n8n-nodes-base.httpRequest',
		{
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'cometApiKlingApi',
			options: {},
			...parameters,
		},
		{ typeVersion: 4.2, credentials: { cometApiKlingApi: { id: '1', name: 'CometAPI' } } },
	);
	return await runWorkflow({
		workflow: chainOf(node),
		credentials: { cometApiKlingApi: { apiKey: ` Bearer ${KEY}\n`, baseUrl } },
	});
}

const keysAt = (host: Host) => host.requests.map(({ headers }) => headers.authorization);

test('a request to the Base URL contains the key, however it was pasted', async () => {
	const result = await request({ url: `${api.url}/v1/models` });
	expect(result.items('HTTP')[0]?.json).toEqual({ from: 'api' });
	expect(keysAt(api)).toEqual([`Bearer ${KEY}`]);
});

test('a request to another address is rejected and not sent', async () => {
	const result = await request({ url: `${other.url}/v1/models` });
	expect(result.error?.message).toContain('sent only to the Base URL');
	expect(other.requests).toHaveLength(0);
});

test('plain http to the host of an https Base URL is rejected', async () => {
	const result = await request({ url: `${api.url}/` }, api.url.replace('http:', 'https:'));
	expect(result.error?.message).toContain('sent only to the Base URL');
	expect(api.requests).toHaveLength(0);
});

test.each([
	['GET', {}],
	['POST', { method: 'POST', sendBody: true, bodyParameters: { parameters: [] } }],
])('does not follow a redirect of a %s to another host', async (_method, parameters) => {
	await request({
		url: `${api.url}/away`,
		...parameters,
		options: { redirect: { redirect: { followRedirects: true, maxRedirects: 5 } } },
	});
	expect(keysAt(api)).toEqual([`Bearer ${KEY}`]);
	expect(other.requests).toHaveLength(0);
});
