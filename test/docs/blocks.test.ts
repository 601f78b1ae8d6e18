import { workflowIssues } from '../support/parameterIssues';
import { documentFiles, readDocument } from './markdown';
import { isWorkflow, jsonOf } from './workflows';

const blocks = documentFiles()
	.flatMap((file) => readDocument(file).blocks.map((block) => ({ file, block })))
	.filter(({ block }) => block.language === 'json')
	.map(({ file, block }, index) => [`${file}, block ${index}`, block] as const);

test.each(blocks)('%s is JSON, and a workflow in it has valid parameters', (_place, block) => {
	const value = jsonOf(block);
	expect(isWorkflow(value) ? workflowIssues(value) : []).toEqual([]);
});
