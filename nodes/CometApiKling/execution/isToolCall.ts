import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n runs tools of AI agents in a separate context or, since 2.0, as nodes with this name. */
export function isToolCall(context: IExecuteFunctions): boolean {
	return context.isToolExecution?.() || context.getNode().type.endsWith('Tool');
}
