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

/** Binary data in the items ('default') or in files, as n8n is configured by an environment variable. */
export type BinaryMode = 'default' | 'filesystem';

/** Credentials by type, decrypted; stands in for n8n's database of them. */
export type CredentialStore = Record<string, ICredentialDataDecryptedObject>;

export interface LogLine {
	level: 'error' | 'warn' | 'info' | 'debug';
	message: string;
	meta?: unknown;
}

export interface RunOptions {
	workflow: WorkflowJson;
	credentials?: CredentialStore;
	/** Items that the start node begins with. */
	input?: INodeExecutionData[];
	/** Name of the node to begin with; the first trigger, or else the first node, if left out. */
	startNode?: string;
	mode?: WorkflowExecuteMode;
	executionId?: string;
	binaryMode?: BinaryMode;
	/** Static data of earlier runs, as n8n keeps it for active workflows. */
	staticData?: IDataObject;
	/** Goes on from a failed run, as *Retry execution* does (`mode` is then 'retry'). */
	retryOf?: Pick<RunResult, 'stored'>;
	/** Workflows that Execute Workflow may call, by id. */
	subWorkflows?: Record<string, WorkflowJson>;
	/** Folder that n8n's file nodes may use. */
	fileFolder?: string;
}

/** What the engine's process tells of a run that has ended. */
export interface EngineReport {
	status: ExecutionStatus;
	/** The run as n8n stores it. */
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
	/** The error that ended the run. */
	error?: StoredError;
	/** What a node put out. */
	items(nodeName: string, output?: number, run?: number): INodeExecutionData[];
	/** The bytes behind a binary field. */
	bytes(file: IBinaryData | undefined): Promise<Buffer>;
	data: IRunExecutionData;
}

export interface RunningWorkflow {
	finished: Promise<RunResult>;
	cancel(): void;
}
