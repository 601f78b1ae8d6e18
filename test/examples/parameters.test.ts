import type { INodeParameters } from 'n8n-workflow';

import { chainOf, exampleNames, klingNode, readExample } from '../harness';
import { nodeIssues, workflowIssues } from '../support/parameterIssues';

test.each(exampleNames())('%s contains only parameters that the nodes have', (name) => {
	expect(workflowIssues(readExample(name, '/files'))).toEqual([]);
});

describe('complaints about parameters', () => {
	const valid: INodeParameters = {
		resource: 'task',
		operation: 'get',
		taskId: '1',
	};
	const complaints = (parameters: INodeParameters) =>
		nodeIssues(klingNode({ ...valid, ...parameters }));

	test('are empty for valid parameters', () => {
		expect(complaints({ options: { maxWaitSeconds: 60 } })).toEqual([]);
	});

	test.each<[string, INodeParameters, string]>([
		['a name that does not exist', { taskid: '1' }, 'it has no parameter taskid'],
		['a name from another operation', { imageUrl: 'x' }, 'it has no parameter imageUrl'],
		['an option that does not exist', { options: { maxWait: 1 } }, 'no parameter options.maxWait'],
		['a value that is not offered', { taskType: 'film' }, 'Task Type does not offer "film"'],
		[
			'a value that an option does not offer',
			{ options: { onTaskFailure: 'ignore' } },
			'On Task Failure does not offer "ignore"',
		],
		['a required value left empty', { taskId: '' }, 'Parameter "Task ID" is required'],
	])('%s', (_what, parameters, complaint) => {
		expect(complaints(parameters).join('\n')).toContain(complaint);
	});

	test('include a connection to a missing node', () => {
		const workflow = chainOf(klingNode(valid, { name: 'Get' }));
		expect(workflowIssues({ ...workflow, nodes: workflow.nodes.slice(0, 1) })).toEqual([
			'there is no node "Get"',
		]);
	});
});
