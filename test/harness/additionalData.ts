import { Container } from '@n8n/di';
import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type { IWorkflowExecuteAdditionalData, WorkflowExecuteMode } from 'n8n-workflow';

import { HarnessCredentials } from './credentials';
import type { LoadedNodes } from './nodeTypes';
import { subWorkflowRunner } from './subWorkflows';
import type { RunOptions } from './types';

/** What n8n's server adds to an execution besides its workflow. */
export function additionalDataFor(
	nodes: LoadedNodes,
	options: RunOptions,
	mode: WorkflowExecuteMode,
	executionId: string,
): IWorkflowExecuteAdditionalData {
	const { workflow: json } = options;
	const base = 'http://127.0.0.1:5678';
	const workflowData = {
		id: json.id ?? 'harness',
		name: json.name ?? 'Harness',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: json.nodes,
		connections: json.connections,
	};
	return {
		credentialsHelper: new HarnessCredentials(nodes, options.credentials ?? {}),
		executionId,
		currentNodeExecutionIndex: 0,
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: base,
		formBaseUrl: `${base}/form`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		formTestBaseUrl: `${base}/form-test`,
		webhookBaseUrl: `${base}/webhook`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		mcpBaseUrl: `${base}/mcp`,
		mcpTestBaseUrl: `${base}/mcp-test`,
		variables: {},
		hooks: new ExecutionLifecycleHooks(mode, executionId, workflowData),
		executeWorkflow: subWorkflowRunner(options),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		logAiEvent: () => undefined,
		setExecutionStatus: () => undefined,
		startRunnerTask: async () => {
			throw new Error('The harness has no task runner: use nodes other than Code.');
		},
	};
}
