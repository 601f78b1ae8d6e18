import { CometApiKlingApi } from '../../credentials/CometApiKlingApi.credentials';
import { apiKeyOf } from '../../nodes/CometApiKling/transport/authorizeRequest';
import { isRecord } from '../support/isRecord';

const CREDENTIALS = { apiKey: 'sk-secret', baseUrl: 'https://gateway.example/comet/v1/' };

type Address = Partial<Record<'url' | 'uri' | 'baseURL', unknown>>;

/** n8n's own types have neither `uri` nor URL objects, though its nodes use both. */
async function authenticate(address: Address, credentials = CREDENTIALS) {
	const credential = new CometApiKlingApi();
	const sent: unknown = await Reflect.apply(credential.authenticate, credential, [
		credentials,
		address,
	]);
	if (!isRecord(sent)) throw new Error('The credential returned no request.');
	return sent;
}

describe('adds the key, and sends the request to the address that was checked', () => {
	const MODELS = 'https://gateway.example/comet/v1/models';

	test.each<[string, Address, string]>([
		['url', { url: MODELS }, MODELS],
		['uri, as the HTTP Request node sends it', { uri: MODELS }, MODELS],
		['both, with the same value', { url: MODELS, uri: MODELS }, MODELS],
		['a URL object', { url: new URL(MODELS) }, MODELS],
		['a URL object as uri', { uri: new URL(MODELS) }, MODELS],
		['baseURL and a path', { baseURL: 'https://gateway.example/comet', url: '/v1/models' }, MODELS],
		[
			'baseURL with a slash',
			{ baseURL: 'https://gateway.example/comet/', url: 'v1/models' },
			MODELS,
		],
		['a path alone', { url: '/v1/models' }, MODELS],
		['a query', { url: '/v1/models?a=1' }, `${MODELS}?a=1`],
		['no scheme', { url: '//gateway.example/comet/v1/models' }, MODELS],
		['capital letters and a port', { url: 'HTTPS://Gateway.Example:443/comet/v1/models' }, MODELS],
		['a name and password', { url: 'https://a:b@gateway.example/comet/v1/models' }, MODELS],
		['an absolute url and a baseURL', { baseURL: 'https://evil.example', url: MODELS }, MODELS],
	])('%s', async (_form, address, expected) => {
		const request = await authenticate(address);
		expect(request.headers).toEqual({ Authorization: 'Bearer sk-secret' });
		expect(request.url).toBe(expected);
		expect(request.baseURL).toBeUndefined();
		if ('uri' in address) expect(request).toMatchObject({ uri: expected });
	});

	test('follows no redirect, whatever n8n calls that option', async () => {
		expect(await authenticate({ url: '/v1/models' })).toMatchObject({
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
			sendCredentialsOnCrossOriginRedirect: false,
		});
	});
});

describe('the key is not sent to any other address', () => {
	test.each<[string, Address]>([
		['another host', { url: 'https://evil.example/v1/models' }],
		['another host as uri', { uri: 'https://evil.example/v1/models' }],
		['another host as a URL object', { uri: new URL('https://evil.example/') }],
		['another host next to a valid url', { url: '/v1/models', uri: 'https://evil.example/' }],
		['another baseURL', { baseURL: 'https://evil.example', url: '/v1/models' }],
		['plain http', { uri: 'http://gateway.example/comet/v1/models' }],
		['another port', { url: 'https://gateway.example:8443/v1/models' }],
		['no scheme', { url: '//evil.example/v1/models' }],
		['backslashes', { url: '\\\\evil.example\\v1' }],
		['a slash and a backslash', { url: '/\\evil.example/v1' }],
		['a scheme without slashes', { url: 'https:evil.example/v1' }],
		['leading whitespace', { url: ' https://evil.example/v1' }],
		['a name that looks like the host', { url: 'https://gateway.example@evil.example/' }],
		['a longer host', { url: 'https://gateway.example.evil.example/' }],
		['another scheme', { url: 'ftp://gateway.example/' }],
		['no URL', { url: 'https://' }],
		['an object that is not a URL', { url: { href: 'https://gateway.example/' } }],
	])('%s', async (_form, address) => {
		await expect(authenticate(address)).rejects.toThrow(RangeError);
	});

	test('rejects a Base URL without encryption', async () => {
		const credentials = { apiKey: 'k', baseUrl: 'http://gateway.example' };
		await expect(authenticate({ url: '/v1/models' }, credentials)).rejects.toThrow(/https/);
	});
});

test.each([
	'sk-secret',
	'  sk-secret\n',
	'Bearer sk-secret',
	' bearer   sk-secret ',
	'Authorization: Bearer sk-secret',
	'\ufeffsk-secret',
])('reads the key pasted as %j as sk-secret', (apiKey) => {
	expect(apiKeyOf({ apiKey })).toBe('sk-secret');
});
