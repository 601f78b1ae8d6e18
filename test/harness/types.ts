import type {
	ExecutionStatus,
	IBinaryData,
	IConnections,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	IPinData,
	IRunExecutionData,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/** A workflow as n8n exports it. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

/**
 * Whether binary data is stored in the items ('default') or in files, like n8n's environment
 * variable.
 */
export type BinaryMode = 'default' | 'filesystem';

/** Credentials by type, decrypted; they replace n8n's database of them. */
export type CredentialStore = Record<string, ICredentialDataDecryptedObject>;

export interface LogLine {
	level: 'error' | 'warn' | 'info' | 'debug';
	message: string;
	meta?: unknown;
}

export interface RunOptions {
	workflow: WorkflowJson;
	credentials?: CredentialStore;
	/** Items that the start node receives. */
	input?: INodeExecutionData[];
	/** Name of the start node; if left out, the first trigger, or else the first node. */
	startNode?: string;
	mode?: WorkflowExecuteMode;
	executionId?: string;
	binaryMode?: BinaryMode;
	/** Static data of earlier executions, as n8n keeps it for active workflows. */
	staticData?: IDataObject;
	/** Resumes a failed execution, as *Retry execution* does (`mode` is then 'retry'). */
	retryOf?: Pick<RunResult, 'stored'>;
	/** Workflows that Execute Workflow may call, by ID. */
	subWorkflows?: Record<string, WorkflowJson>;
	/** Folder that n8n's file nodes may use. */
	fileFolder?: string;
}

/** What the engine's process reports about an execution that has ended. */
export interface EngineReport {
	status: ExecutionStatus;
	/** The execution as n8n stores it. */
	stored: string;
	logs: LogLine[];
	staticData: IDataObject;
}

/** An error as n8n stores it. */
export interface StoredError {
	message: string;
	description?: string | null;
	name?: string;
	httpCode?: string | null;
	context?: IDataObject;
	node?: { name: string };
}

export interface RunResult extends EngineReport {
	/** The error that ended the execution. */
	error?: StoredError;
	/** The output of a node. */
	items(nodeName: string, output?: number, run?: number): INodeExecutionData[];
	/** The bytes of a binary field. */
	bytes(file: IBinaryData | undefined): Promise<Buffer>;
	data: IRunExecutionData;
}

export interface RunningWorkflow {
	finished: Promise<RunResult>;
	cancel(): void;
}
