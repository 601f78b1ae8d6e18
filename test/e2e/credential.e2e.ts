import { like } from '../support/matchers';
import { startHost, type Host } from '../support/host';
import { openWorkbench, type Workbench } from './workbench';

let bench: Workbench;

beforeAll(async () => (bench = await openWorkbench()));
afterAll(async () => await bench.simulator.stop());

async function testCredential(apiKey: string, baseUrl: string): Promise<unknown> {
	const { rest, credentialId } = bench;
	return await rest.testCredential(credentialId, 'cometApiKlingApi', { apiKey, baseUrl });
}

const refusal = (words: string): { status: string; message: unknown } => ({
	status: 'Error',
	message: like(new RegExp(words)),
});

test('distinguishes a valid key from an invalid one, and nothing is charged', async () => {
	const { simulator } = bench;
	const good = await testCredential(` Bearer ${simulator.key}\n`, `${simulator.url}/v1/`);
	expect(good).toMatchObject({ status: 'OK' });
	// Older servers have their own message for HTTP 401 and never reach the credential's.
	const words = process.env.KLING_N8N ? 'Authorization failed' : 'did not accept this API key';
	expect(await testCredential('sk-wrong', simulator.url)).toMatchObject(refusal(words));
	expect(simulator.paidTasks()).toBe(0);
});

describe('does not report a successful connection if the server is not CometAPI', () => {
	let other: Host;
	let host: Host;
	let respond: Parameters<typeof startHost>[0];

	beforeAll(async () => {
		other = await startHost((_request, response) => response.end('{"data":[{"id":"a"}]}'));
		host = await startHost((request, response) => respond(request, response));
	});
	afterAll(async () => void (await Promise.all([other.stop(), host.stop()])));

	test.each([
		['a web page', '<html><body>Welcome</body></html>'],
		['other JSON', '{"message":"hello"}'],
		['data that is not a list', '{"data":"hello"}'],
		['nothing', ''],
	])('%s with HTTP 200', async (_what, body) => {
		respond = (_request, response) => response.end(body);
		expect(await testCredential('sk-1', host.url)).toMatchObject(
			refusal('CometAPI was not found at this Base URL'),
		);
	});

	test('with a key that is not allowed to use any model', async () => {
		respond = (_request, response) => response.end('{"object":"list","data":[]}');
		expect(await testCredential('sk-1', host.url)).toMatchObject(
			refusal('not allowed to use any model'),
		);
	});

	test('with a redirect, to which the key is not sent', async () => {
		respond = (_request, response) =>
			void response.writeHead(302, { location: `${other.url}/v1/models` }).end();
		expect(await testCredential('sk-1', host.url)).toMatchObject(
			refusal('CometAPI was not found at this Base URL'),
		);
		expect(host.requests.at(-1)?.headers.authorization).toBe('Bearer sk-1');
		expect(other.requests).toHaveLength(0);
	});
});
