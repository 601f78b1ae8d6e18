import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { chainOf, fileField, itemsOf, nodeOf, runWorkflow } from '.';

const seen: Array<{ headers: IncomingHttpHeaders; path: string }> = [];
let server: Server;
let url: string;

beforeAll(async () => {
	server = createServer((request, response) => {
		seen.push({ headers: request.headers, path: request.url ?? '' });
		response.setHeader('Content-Type', 'application/json').end('{"answer":42}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address: AddressInfo | string | null = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port.');
	url = `http://127.0.0.1:${address.port}`;
});
afterAll(() => void server.close());
beforeEach(() => void seen.splice(0));

test("n8n's nodes work with expressions", async () => {
	const value = '={{ $json.count + 1 }}';
	const assignments = { assignments: [{ id: 'a', name: 'next', value, type: 'number' }] };
	const set = nodeOf(
		'Set',
		'n8n-nodes-base.set',
		{ assignments, options: {} },
		{ typeVersion: 3.4 },
	);

	const result = await runWorkflow({
		workflow: chainOf(set),
		input: itemsOf({ count: 1 }, { count: 5 }),
	});

	expect(result.status).toBe('success');
	expect(result.items('Set').map((item) => item.json)).toEqual([{ next: 2 }, { next: 6 }]);
});

test("requests contain the fields that a credential's rules add", async () => {
	const request = nodeOf(
		'Request',
		'n8n-nodes-base.httpRequest',
		{ url, authentication: 'predefinedCredentialType', nodeCredentialType: 'airtableTokenApi' },
		{ typeVersion: 4.2, credentials: { airtableTokenApi: { id: '1', name: 'Token' } } },
	);

	const result = await runWorkflow({
		workflow: chainOf(request),
		credentials: { airtableTokenApi: { accessToken: 'secret-7' } },
	});

	expect(result.error?.message).toBeUndefined();
	expect(result.items('Request')[0]?.json).toEqual({ answer: 42 });
	expect(seen[0]?.headers.authorization).toBe('Bearer secret-7');
	expect(result.stored).not.toContain('secret-7');
});

test('a missing credential fails the execution', async () => {
	const request = nodeOf(
		'Request',
		'n8n-nodes-base.httpRequest',
		{ url, authentication: 'predefinedCredentialType', nodeCredentialType: 'airtableTokenApi' },
		{ typeVersion: 4.2, credentials: { airtableTokenApi: { id: '1', name: 'Token' } } },
	);
	const result = await runWorkflow({ workflow: chainOf(request) });
	expect(result.status).toBe('error');
	expect(result.error?.message).toContain('airtableTokenApi');
	expect(seen).toHaveLength(0);
});

test.each(['default', 'filesystem'] as const)(
	'stores binary data in mode %s',
	async (binaryMode) => {
		const bytes = Buffer.from('not only text: \u0000\u00ff');
		const convert = nodeOf(
			'To File',
			'n8n-nodes-base.convertToFile',
			{ operation: 'toBinary', sourceProperty: 'base64', options: {} },
			{ typeVersion: 1.1 },
		);
		const result = await runWorkflow({
			workflow: chainOf(convert),
			input: itemsOf({ base64: bytes.toString('base64') }),
			binaryMode,
		});
		const file = result.items('To File')[0]?.binary?.data;
		expect(file?.id !== undefined).toBe(binaryMode === 'filesystem');
		expect(await result.bytes(file)).toEqual(bytes);
	},
);

test('input items keep their files', async () => {
	const bytes = Buffer.from('a file');
	const result = await runWorkflow({
		workflow: chainOf(),
		input: [{ json: {}, binary: { data: fileField(bytes, 'a.txt', 'text/plain') } }],
	});
	expect(await result.bytes(result.items('Start')[0]?.binary?.data)).toEqual(bytes);
});
