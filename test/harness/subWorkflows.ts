import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { startInEngine } from './engineRun';
import { parseRunData } from './runData';
import type { RunOptions } from './types';

/** Runs the sub-workflows that Execute Workflow calls, each as a separate execution. */
export function subWorkflowRunner(
	options: RunOptions,
): IWorkflowExecuteAdditionalData['executeWorkflow'] {
	return async (info, _additionalData, call) => {
		const workflow = options.subWorkflows?.[info.id ?? ''];
		if (!workflow) throw new Error(`There is no sub-workflow ${info.id ?? ''}.`);
		const executionId = `${options.executionId ?? 'harness'}-sub`;
		const { finished } = await startInEngine({
			...options,
			workflow,
			startNode: undefined,
			retryOf: undefined,
			executionId,
			input: call.inputData,
			mode: 'integrated',
		});
		const { resultData, waitTill } = parseRunData((await finished).stored);
		if (resultData.error) throw new Error(resultData.error.message);
		const lastRun = resultData.runData[resultData.lastNodeExecuted ?? '']?.at(-1);
		return { executionId, data: lastRun?.data?.main ?? [null], waitTill };
	};
}
