import { Agent } from 'node:http';

import axios, { type AxiosInstance } from 'axios';
import { parse } from 'flatted';
import type { ExecutionStatus, INode, INodeExecutionData } from 'n8n-workflow';

import type { WorkflowJson } from '../../harness';
import { parseRunData } from '../../harness/runData';
import { isRecord } from '../../support/isRecord';

const OWNER = {
	email: 'owner@example.com',
	firstName: 'Test',
	lastName: 'Owner',
	password: 'Passw0rd-for-tests',
};

const LOOK_AGAIN_MS = 150;

/** The most executions that n8n lists at a time. */
const PAGE = 100;
const ENDED: ExecutionStatus[] = ['success', 'error', 'crashed', 'canceled'];

/** An execution as n8n has stored it. */
export interface StoredExecution {
	id: string;
	status: ExecutionStatus;
	error?: { message: string; description?: string | null };
	/** The output of a node; of its last run if `run` is left out. */
	items(node: string, run?: number): INodeExecutionData[];
	/** The complete execution, for searches. */
	text: string;
}

/** n8n's REST API, as its editor uses it. */
export class Rest {
	private readonly http: AxiosInstance;

	constructor(readonly url: string) {
		this.http = axios.create({
			baseURL: `${url}/rest`,
			headers: { 'browser-id': 'tests' },
			// n8n closes idle connections after five seconds. While a test file loads, this process is
			// too busy to notice, and its next request would use a closed one.
			httpAgent: new Agent({ keepAlive: false }),
			// Errors of axios contain the whole request; the response is more useful.
			validateStatus: () => true,
		});
	}

	static get owner(): typeof OWNER {
		return OWNER;
	}

	/** Creates the owner's account if there is none, and signs in. */
	async signIn(): Promise<void> {
		await this.http.post('/owner/setup', OWNER);
		const response = await this.http.post('/login', {
			emailOrLdapLoginId: OWNER.email,
			password: OWNER.password,
		});
		const cookies = response.headers['set-cookie'] ?? [];
		this.http.defaults.headers.common.cookie = cookies
			.map((cookie) => cookie.split(';')[0])
			.join('; ');
		if (response.status !== 200) throw new Error(`Login: ${JSON.stringify(response.data)}`);
	}

	/** @returns the credential's ID */
	async createCredential(type: string, name: string, data: object): Promise<string> {
		return idOf(await this.post('/credentials', { name, type, data }));
	}

	/** @returns n8n's result of the credential test */
	async testCredential(id: string, type: string, data: object): Promise<unknown> {
		return await this.post('/credentials/test', { credentials: { id, type, name: 'x', data } });
	}

	/** @returns the workflow's ID */
	async createWorkflow(workflow: WorkflowJson, name: string): Promise<string> {
		const { nodes, connections, settings = {} } = workflow;
		return idOf(
			await this.post('/workflows', {
				name,
				nodes,
				connections,
				settings: { executionOrder: 'v1', ...settings },
			}),
		);
	}

	/** The IDs of all workflows, by name. */
	async workflowIds(): Promise<Map<string, string>> {
		const workflows = await this.get('/workflows');
		const list: unknown[] = Array.isArray(workflows) ? workflows : [];
		return new Map(
			list.map((workflow) => [isRecord(workflow) ? String(workflow.name) : '', idOf(workflow)]),
		);
	}

	async activate(workflowId: string): Promise<void> {
		const workflow = await this.get(`/workflows/${workflowId}`);
		const versionId = isRecord(workflow) ? workflow.versionId : undefined;
		await this.post(`/workflows/${workflowId}/activate`, { versionId });
	}

	/**
	 * What the editor shows about the triggers of a published workflow; n8n before 2.40 reports
	 * errors in the response to `activate` instead.
	 */
	async publicationStatus(workflowId: string): Promise<string> {
		return JSON.stringify(await this.get(`/workflows/${workflowId}/publication-status`));
	}

	/** Runs a workflow as the editor's button does; @returns the execution's ID */
	async run(workflowId: string, startNode: string): Promise<string> {
		const workflowData = await this.get(`/workflows/${workflowId}`);
		const response = await this.post(`/workflows/${workflowId}/run`, {
			workflowData,
			triggerToStartFrom: { name: startNode },
		});
		if (isRecord(response) && typeof response.executionId === 'string') return response.executionId;
		throw new Error(`The workflow did not start: ${JSON.stringify(response)}`);
	}

	/**
	 * *Retry execution*: with the original workflow, or with the currently saved one
	 * (`loadWorkflow`).
	 *
	 * @returns the new execution's ID; n8n responds when it has ended or waits
	 */
	async retry(executionId: string, loadWorkflow = false): Promise<string> {
		return idOf(await this.post(`/executions/${executionId}/retry`, { loadWorkflow }));
	}

	async stop(executionId: string): Promise<void> {
		await this.post(`/executions/${executionId}/stop`, {});
	}

	async status(executionId: string): Promise<ExecutionStatus> {
		return (await this.execution(executionId)).status;
	}

	/** The latest executions of a workflow, newest first; at most a hundred. */
	async executionIds(workflowId: string): Promise<string[]> {
		return (await this.executions({ workflowId }, PAGE)).ids;
	}

	/** How many executions of a workflow have a status. */
	async count(workflowId: string, status: ExecutionStatus): Promise<number> {
		return (await this.executions({ workflowId, status: [status] }, 1)).count;
	}

	private async executions(
		filter: object,
		limit: number,
	): Promise<{ ids: string[]; count: number }> {
		const query = encodeURIComponent(JSON.stringify(filter));
		const response = await this.get(`/executions?filter=${query}&limit=${limit}`);
		if (!isRecord(response) || !Array.isArray(response.results)) {
			throw new Error(`This is not a list of executions: ${JSON.stringify(response)}`);
		}
		return { ids: response.results.map(idOf), count: Number(response.count) };
	}

	async execution(executionId: string): Promise<StoredExecution> {
		const stored = await this.get(`/executions/${executionId}`);
		if (!isRecord(stored) || typeof stored.data !== 'string' || !isStatus(stored.status)) {
			throw new Error(`There is no execution ${executionId}: ${JSON.stringify(stored)}`);
		}
		const data = parse(stored.data) === undefined ? undefined : parseRunData(stored.data);
		return {
			id: executionId,
			status: stored.status,
			error: data?.resultData.error,
			items: (node, run) => {
				const runs = data?.resultData.runData[node] ?? [];
				return runs[run ?? runs.length - 1]?.data?.main?.[0] ?? [];
			},
			text: stored.data,
		};
	}

	/**
	 * Waits until an execution has one of these statuses.
	 *
	 * @throws after `timeoutMs`, with the status that it had
	 */
	async until(
		executionId: string,
		statuses: ExecutionStatus[] = ENDED,
		timeoutMs = 60_000,
	): Promise<StoredExecution> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const execution = await this.execution(executionId);
			if (statuses.includes(execution.status)) return execution;
			if (Date.now() > deadline) {
				throw new Error(`Execution ${executionId} is still ${execution.status}.`);
			}
			await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
		}
	}

	/** The bytes of a binary field. */
	async bytes(fileId: string): Promise<Buffer> {
		const response = await this.http.get(`/binary-data?action=download&id=${fileId}`, {
			responseType: 'arraybuffer',
		});
		const bytes: unknown = response.data;
		if (!Buffer.isBuffer(bytes)) throw new Error('The response is not a file.');
		return bytes;
	}

	private async get(path: string): Promise<unknown> {
		return dataOf(path, await this.http.get<unknown>(path));
	}

	private async post(path: string, body: object): Promise<unknown> {
		return dataOf(path, await this.http.post<unknown>(path, body));
	}
}

/** A node with the credential of this ID. */
export function withCredential(node: INode, id: string): INode {
	return { ...node, credentials: { cometApiKlingApi: { id, name: 'CometAPI' } } };
}

function dataOf(path: string, response: { status: number; data: unknown }): unknown {
	if (response.status >= 400 || !isRecord(response.data)) {
		throw new Error(`${path}: HTTP ${response.status} ${JSON.stringify(response.data)}`);
	}
	return response.data.data;
}

function idOf(value: unknown): string {
	if (isRecord(value) && typeof value.id === 'string') return value.id;
	throw new Error(`There is no ID in ${JSON.stringify(value)}`);
}

function isStatus(value: unknown): value is ExecutionStatus {
	return typeof value === 'string';
}
