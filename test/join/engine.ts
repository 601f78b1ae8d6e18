import path from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';

import { chainOf, itemsOf, nodeOf, runWorkflow, type RunResult } from '../harness';
import { startEngineProcess, type EngineProcess } from '../harness/engineProcess';
import { NODES_VARIABLE } from '../harness/nodeTypes';
import type { BinaryMode } from '../harness/types';
import { readFileWorkflow } from '../bench/memory/workflows';

/** n8n's engine with a node that joins clips. */
export class JoinEngine {
	private readonly process: EngineProcess;

	constructor() {
		const before = process.env[NODES_VARIABLE];
		process.env[NODES_VARIABLE] = path.join(__dirname, 'nodePackage');
		this.process = startEngineProcess();
		if (before === undefined) delete process.env[NODES_VARIABLE];
		else process.env[NODES_VARIABLE] = before;
	}

	get pid(): number {
		if (this.process.pid === undefined) throw new Error("The engine's process did not start.");
		return this.process.pid;
	}

	/** Items that hold files, where n8n stores them. */
	async itemsWith(files: string[]): Promise<INodeExecutionData[]> {
		const items: INodeExecutionData[] = [];
		for (const file of files) {
			const options = {
				workflow: readFileWorkflow(file),
				input: itemsOf({}),
				binaryMode: 'filesystem' as const,
				fileFolder: path.dirname(file),
			};
			items.push(...(await runWorkflow(options, this.process)).items('Read'));
		}
		return items;
	}

	/** Joins the files in the field `data` of the items. */
	async join(input: INodeExecutionData[], binaryMode: BinaryMode): Promise<RunResult> {
		const workflow = chainOf(nodeOf('Join', 'n8n-nodes-join.joinClips', {}));
		return await runWorkflow({ workflow, input, binaryMode }, this.process);
	}

	stop(): void {
		this.process.stop();
	}
}
