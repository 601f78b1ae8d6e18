import { networkFault } from '../../nodes/CometApiKling/transport/networkFault';

/** An error of n8n with these properties. */
function errorWith(properties: object): Error {
	return Object.assign(new Error('The service refused the connection'), properties);
}

test.each([
	['the error itself', errorWith({ code: 'ECONNREFUSED' })],
	['its cause, as in n8n 2.40', errorWith({ cause: { code: 'ECONNREFUSED' } })],
	['its context', errorWith({ context: { code: 'ECONNREFUSED' } })],
	['its HTTP code, as in n8n 1.123 to 2.8', errorWith({ httpCode: 'ECONNREFUSED' })],
])('recognizes a refused connection from %s: nothing was sent', (_place, error) => {
	expect(networkFault(error)).toMatchObject({ kind: 'unreachable', code: 'ECONNREFUSED' });
});

test.each([
	['a reset', errorWith({ httpCode: 'ECONNRESET' }), 'ECONNRESET'],
	['an HTTP status', errorWith({ httpCode: '503' }), undefined],
	[
		'a timeout as the cause of an HTTP status',
		errorWith({ httpCode: '0', cause: { code: 'ETIMEDOUT' } }),
		'ETIMEDOUT',
	],
	['something that is not an error', 'oops', undefined],
])('after %s, something may have been sent', (_what, error, code) => {
	const fault = networkFault(error);
	expect(fault.kind).toBe('interrupted');
	expect(fault.code).toBe(code);
});

test('keeps only the code and the message of the error, without a key', () => {
	const error = errorWith({
		code: 'ECONNRESET',
		config: { headers: { Authorization: 'Bearer x' } },
	});
	error.message = 'reset while sending Bearer sk-12345678';
	expect(networkFault(error)).toEqual({
		kind: 'interrupted',
		message: 'reset while sending [hidden]',
		code: 'ECONNRESET',
	});
});
