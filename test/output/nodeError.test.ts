import { AssertionError } from 'node:assert';

import { FileNotFoundError } from 'n8n-core';
import { NodeApiError, NodeOperationError, OperationalError, type INode } from 'n8n-workflow';

import { toNodeError } from '../../nodes/CometApiKling/output/nodeError';
import { faultToUserError, UserError } from '../../nodes/CometApiKling/kling/errors/userError';

const KEY = `sk-${'k'.repeat(48)}`;
const MEDIA = Buffer.alloc(9000, 'face').toString('base64');

const NODE: INode = {
	id: '1',
	name: 'CometAPI Kling',
	type: 'n8n-nodes-cometapi-kling.cometApiKling',
	typeVersion: 1,
	position: [0, 0],
	parameters: { imageSource: 'base64', imageBase64: MEDIA, prompt: 'Smile', options: {} },
};

const ADVICE = 'Do this.';

test('a parameter error says what happened, how to fix it, and in which item', () => {
	const error = toNodeError(
		NODE,
		new UserError('The parameter "Text" is empty', { advice: ADVICE }),
		3,
	);
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error.message).toBe('The parameter "Text" is empty');
	expect(error.description).toBe(ADVICE);
	expect(error.context.itemIndex).toBe(3);
});

test('a response of the service includes its HTTP status and code', () => {
	const fault = {
		kind: 'tooManyTasks',
		message: 'over limit',
		httpStatus: 429,
		code: '1303',
	} as const;
	const error = toNodeError(
		NODE,
		faultToUserError(fault, { taskId: '7', externalTaskId: 'ext' }),
		1,
	);
	if (!(error instanceof NodeApiError)) throw new Error('It is not a NodeApiError.');
	expect(error.httpCode).toBe('429');
	expect(error.context).toMatchObject({
		itemIndex: 1,
		code: '1303',
		task_id: '7',
		external_task_id: 'ext',
	});
	expect(error.message).toBe(
		'The account has too many tasks running at the same time: over limit (HTTP 429, code 1303) [task 7]',
	);
	expect(error.description).toMatch(/^Wait until .*\. Task ID: 7\. External task ID: ext\.$/);
});

test.each(['ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET'])(
	"n8n's own text does not replace a message that contains %s",
	(code) => {
		const fault = { kind: 'interrupted', message: `socket ${code}`, code } as const;
		const error = toNodeError(NODE, faultToUserError(fault), 0);
		expect(error.message).toContain(`socket ${code}`);
		expect(error.context.code).toBe(code);
		expect(error).toHaveProperty('httpCode', null);
	},
);

test.each([
	['a task ID that the message contains', 'Task 7 failed', { taskId: '7' }, 'Task 7 failed'],
	['a task ID that it does not contain', 'It failed', { taskId: '7' }, 'It failed [task 7]'],
	['an external ID', 'It is lost', { externalTaskId: 'x' }, 'It is lost [external task ID x]'],
	['both', 'It is lost', { taskId: '7', externalTaskId: 'x' }, 'It is lost [task 7]'],
	['none', 'It is lost', {}, 'It is lost'],
])(
	'the message contains %s, because an error output keeps nothing else',
	(_name, sentence, ids, message) => {
		const error = toNodeError(NODE, new UserError(sentence, { advice: ADVICE, ...ids }), 0);
		expect(error.message).toBe(message);
		expect(error.context).toMatchObject({
			...('taskId' in ids && { task_id: ids.taskId }),
			...('externalTaskId' in ids && { external_task_id: ids.externalTaskId }),
		});
	},
);

test("n8n's own errors are passed on unchanged", () => {
	const own = new NodeOperationError(NODE, 'No credential');
	expect(toNodeError(NODE, own, 0)).toBe(own);
	const api = new NodeApiError(NODE, { message: 'x' });
	expect(toNodeError(NODE, api, 0)).toBe(api);
});

describe('bugs of the node', () => {
	test.each([
		new TypeError('x is not a function'),
		new RangeError('x is out of range'),
		new ReferenceError('x is not defined'),
		new SyntaxError('x is unexpected'),
		new EvalError('x cannot be evaluated'),
		new AssertionError({ message: 'x is not y' }),
	])('keep their own message, and ask for a report: %s', (bug) => {
		const error = toNodeError(NODE, bug, 2);
		expect(error.message).toBe(`The node stopped unexpectedly: ${bug.message}`);
		expect(error.description).toContain('Report it');
		expect(error.context.itemIndex).toBe(2);
	});

	test.each([undefined, null, 'text', { message: 'x' }])(
		'have a message even if %j was thrown',
		(thrown) => {
			expect(toNodeError(NODE, thrown, 0).message).toBe(
				'The node stopped unexpectedly: unknown error',
			);
		},
	);
});

describe('errors of n8n and its server', () => {
	test.each([
		Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
		Object.assign(new Error("ENOENT: no such file or directory, open 'a'"), { code: 'ENOENT' }),
		Object.assign(new Error("EACCES: permission denied, open 'a'"), { code: 'EACCES' }),
		new FileNotFoundError('a'),
		new OperationalError('The database is not available'),
	])('keep their own message, and are not called a bug of the node: %s', (thrown) => {
		const error = toNodeError(NODE, thrown, 2);
		expect(error.message).toBe(thrown.message);
		expect(error.description).not.toContain('Report it');
		expect(error.description).toMatch(/storage of n8n.* credential/);
		expect(error.context.itemIndex).toBe(2);
	});

	test('have other advice if the caller knows the cause', () => {
		const error = toNodeError(NODE, new Error('It is gone'), 0, ADVICE);
		expect(error.description).toBe(ADVICE);
	});

	test('have a message even if they are empty', () => {
		expect(toNodeError(NODE, new Error(''), 0).message).toBe('n8n reported an unknown error');
	});
});

/** An error as HTTP clients throw it, which contains the request. */
function httpError(): Error {
	const config = { headers: { Authorization: `Bearer ${KEY}` }, data: `{"image":"${MEDIA}"}` };
	const message = `Request with Bearer ${KEY} and ${MEDIA} failed`;
	return Object.assign(new Error(message, { cause: { config } }), { config, request: config });
}

test.each([
	['an error of an HTTP client', httpError()],
	[
		'a fault in a response',
		faultToUserError({ kind: 'refused', message: 'words', httpStatus: 418 }, { taskId: '7' }),
	],
	[
		'a problem with a parameter',
		new UserError('The parameter "Image Base64" is bad', { advice: ADVICE }),
	],
])('n8n stores neither the key nor the media with %s', (_name, thrown) => {
	const error = toNodeError(NODE, thrown, 0);
	const parts = [error, error.cause].map((part) => ({
		...part,
		message: part?.message,
		stack: part?.stack,
	}));
	const stored = JSON.stringify(parts);
	expect(stored).not.toContain(KEY);
	expect(stored).not.toContain('kkkkkkkk');
	expect(stored).not.toContain(MEDIA.slice(0, 64));
	expect(stored).toContain('[12000 characters]');
});

test('the node keeps its parameters, and the error keeps everything but the files', () => {
	const error = toNodeError(NODE, new UserError('No', { advice: ADVICE }), 0);
	expect(NODE.parameters.imageBase64).toBe(MEDIA);
	expect(error.node.parameters).toMatchObject({ prompt: 'Smile', options: {} });
});

test.each([
	['a small one', { imageBase64: MEDIA.slice(0, 900) }],
	[
		'one in an option',
		{ options: { callbackUrl: `data:image/png;base64,${MEDIA.slice(0, 100)}` } },
	],
	['one in a list', { voice: { __rl: true, mode: 'id', value: MEDIA }, values: [{ file: MEDIA }] }],
])('the error contains no file of the form: %s', (_name, parameters) => {
	const node = { ...NODE, parameters: { ...parameters, prompt: 'Smile' } };
	const error = toNodeError(node, new UserError('No', { advice: ADVICE }), 0);
	expect(JSON.stringify(error.node)).not.toContain(MEDIA.slice(0, 64));
	expect(error.node.parameters.prompt).toBe('Smile');
});
