import { chainOf, itemsOf, nodeOf, runWorkflow, startWorkflow } from '.';

const noOp = 'n8n-nodes-base.noOp';

function stopAndError(message: string): ReturnType<typeof nodeOf> {
	return nodeOf('Stop', 'n8n-nodes-base.stopAndError', { errorMessage: message });
}

function setNumber(nodeName: string, name: string, value: string): ReturnType<typeof nodeOf> {
	const assignments = { assignments: [{ id: 'a', name, value, type: 'number' }] };
	return nodeOf(nodeName, 'n8n-nodes-base.set', { assignments, options: {} }, { typeVersion: 3.4 });
}

/** A Wait node; n8n suspends the execution if the wait is longer than 65 seconds. */
function wait(seconds: number): ReturnType<typeof nodeOf> {
	return nodeOf(
		'Wait',
		'n8n-nodes-base.wait',
		{ amount: seconds, unit: 'seconds' },
		{ typeVersion: 1.1, webhookId: 'w' },
	);
}

// This is the first test, so the engine is not loaded yet.
test('an execution can be canceled at any time, even before it starts', async () => {
	const running = startWorkflow({ workflow: chainOf(wait(60)) });
	running.cancel();
	expect((await running.finished).status).toBe('canceled');
});

test('an execution can be suspended', async () => {
	const result = await runWorkflow({ workflow: chainOf(wait(3600)) });
	expect(result.status).toBe('waiting');
	expect(result.data.waitTill).toBeDefined();
});

test('a failed execution is stored with its error, and a retry resumes at the failed node', async () => {
	const workflow = chainOf(nodeOf('Before', noOp), stopAndError('No more'));
	const failed = await runWorkflow({ workflow, input: itemsOf({ n: 7 }) });
	expect(failed.status).toBe('error');
	expect(failed.error?.message).toBe('No more');
	expect(failed.stored).toContain('No more');

	const mended = chainOf(nodeOf('Before', noOp), nodeOf('Stop', noOp));
	const retried = await runWorkflow({ workflow: mended, retryOf: failed });
	expect(retried.error).toBeUndefined();
	expect(retried.status).toBe('success');
	expect(retried.items('Stop').map((item) => item.json)).toEqual([{ n: 7 }]);
	expect(retried.data.resultData.runData.Before).toEqual(failed.data.resultData.runData.Before);
});

test('pinned data replaces a node only in manual executions', async () => {
	const workflow = {
		...chainOf(stopAndError('Not pinned')),
		pinData: { Stop: itemsOf({ pin: 1 }) },
	};
	const manual = await runWorkflow({ workflow });
	expect(manual.items('Stop').map((item) => item.json)).toEqual([{ pin: 1 }]);
	const triggered = await runWorkflow({ workflow, mode: 'trigger' });
	expect(triggered.error?.message).toBe('Not pinned');
});

test('a sub-workflow gets the items and returns the output of its last node', async () => {
	const call = nodeOf(
		'Call',
		'n8n-nodes-base.executeWorkflow',
		{ workflowId: { __rl: true, mode: 'id', value: 'child' }, options: {} },
		{ typeVersion: 1.2 },
	);
	const child = chainOf(setNumber('Double', 'twice', '={{ $json.n * 2 }}'));
	const result = await runWorkflow({
		workflow: chainOf(setNumber('Add', 'n', '={{ $json.n + 1 }}'), call),
		subWorkflows: { child },
		input: itemsOf({ n: 4 }),
	});
	expect(result.error?.message).toBeUndefined();
	expect(result.items('Call').map((item) => item.json)).toEqual([{ twice: 10 }]);
});
