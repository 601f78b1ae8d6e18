import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { nodeOf } from '../../harness';
import type { Rest } from '../n8n/rest';
import { manualWorkflow } from '../workbench';

const NODE = 'Data Table';

/** n8n's Data Table node, for the table with this name. */
function tableNode(table: string, parameters: INodeParameters): INode {
	return nodeOf(NODE, 'n8n-nodes-base.dataTable', {
		resource: 'row',
		dataTableId: { __rl: true, mode: 'name', value: table },
		...parameters,
	});
}

/** All rows of a table, as n8n's own node reads them. */
export async function readRows(rest: Rest, table: string): Promise<IDataObject[]> {
	return await runTable(rest, tableNode(table, { operation: 'get', returnAll: true }));
}

/** Adds a row to a table, as a user would. */
export async function addRow(rest: Rest, table: string, value: INodeParameters): Promise<void> {
	const columns = { mappingMode: 'defineBelow', value };
	await runTable(rest, tableNode(table, { operation: 'insert', columns }));
}

async function runTable(rest: Rest, node: INode): Promise<IDataObject[]> {
	const id = await rest.createWorkflow(manualWorkflow(1, node), 'Rows');
	const execution = await rest.until(await rest.run(id, 'Start'));
	if (execution.error) throw new Error(execution.error.message);
	return execution.items(NODE).map((item) => item.json);
}
