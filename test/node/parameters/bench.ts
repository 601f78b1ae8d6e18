import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { chainOf, klingNode, runWorkflow, type RunResult } from '../../harness';
import type { RecordedRequest, Simulator } from '../../simulator';
import { quickService } from '../../paidOnce/setup';
import { isRecord } from '../../support/isRecord';
import { SPEC_TABLE, type SpecParameter } from './specTable';

export const NODE = 'CometAPI Kling';

/** Links for which the simulator uses a sample; nothing is fetched from them. */
export const IMAGE_URL = 'https://example.com/face.png';
export const AUDIO_URL = 'https://example.com/voice.mp3';

/** The smallest poll interval, to end the wait for a quick task early. */
export const SOON = { pollIntervalSeconds: 1 };

/**
 * Runs one operation of the node with different parameters through n8n's engine against the
 * simulator. `parameters` records them, to check at the end that all of them were used.
 */
export class Bench {
	private readonly recorded: INodeParameters[] = [];
	private service?: Awaited<ReturnType<typeof quickService>>;

	constructor(readonly kind: keyof typeof SPEC_TABLE) {}

	async start(): Promise<void> {
		this.service = await quickService();
	}

	async stop(): Promise<void> {
		await this.simulator.stop();
	}

	/** Resets the simulator to quick tasks in envelope A. */
	reset(): void {
		this.simulator.reset();
		this.simulator.configure({
			taskSeconds: 0.5,
			envelope: 'A',
			ttsMode: 'immediate',
			checkMedia: true,
			onEvent: undefined,
		});
	}

	get simulator(): Simulator {
		return this.running.simulator;
	}

	/** Parameters for the operation. Call this while tests are defined, not while they run. */
	parameters(given: INodeParameters): INodeParameters {
		this.recorded.push(given);
		const { resource, operation } = SPEC_TABLE[this.kind];
		return { resource, operation, ...given };
	}

	/**
	 * Runs the node with these parameters; n8n adds the defaults of all others.
	 *
	 * @param id the workflow's ID; if left out, each run uses a new workflow
	 */
	async run(
		parameters: INodeParameters,
		input?: INodeExecutionData[],
		id?: string,
	): Promise<RunResult> {
		return await runWorkflow({
			workflow: { ...chainOf(klingNode(parameters)), ...(id !== undefined && { id }) },
			credentials: this.running.credentials,
			input,
		});
	}

	/** Runs another operation first, whose items the parameters can refer to. */
	async runAfter(first: INodeParameters, second: INodeParameters): Promise<RunResult> {
		return await runWorkflow({
			workflow: chainOf(klingNode(first, { name: 'First' }), klingNode(second)),
			credentials: this.running.credentials,
		});
	}

	/** Returns the only request of a kind, and checks that the API knows all of its fields. */
	requestOf(route: 'create' | 'speech'): RecordedRequest {
		const requests = this.simulator.requests.filter((request) => request.route === route);
		expect(requests).toHaveLength(1);
		const [request] = requests;
		if (!request) throw new Error('There is no request.');
		expect(request.unknownFields).toEqual([]);
		return request;
	}

	/** Returns its body, without a generated external ID, whose format is checked. */
	bodyOf(route: 'create' | 'speech'): Record<string, unknown> {
		const { body } = this.requestOf(route);
		if (!isRecord(body)) throw new Error('The body is not JSON.');
		const { external_task_id: id, ...rest } = body;
		if (typeof id === 'string' && /^n8n-\d+-0-0-[0-9a-f]{16}$/.test(id)) return rest;
		return body;
	}

	/** Parameters and listed values that no test has used. */
	unused(): string[] {
		const { parameters, options } = SPEC_TABLE[this.kind];
		const optionsOf = (given: INodeParameters) => (isRecord(given.options) ? given.options : {});
		return [
			...parameters.flatMap((one) => unusedOf(one, this.recorded)),
			...options.flatMap((one) => unusedOf(one, this.recorded.map(optionsOf))),
		];
	}

	private get running(): Awaited<ReturnType<typeof quickService>> {
		if (!this.service) throw new Error('The bench has not been started.');
		return this.service;
	}
}

function unusedOf(
	{ name, default: usual, values }: SpecParameter,
	recorded: Array<Record<string, unknown>>,
): string[] {
	const used = recorded.map((given) => given[name] ?? usual);
	if (values) {
		return values
			.filter((value) => !used.includes(value))
			.map((value) => `${name} = ${String(value)}`);
	}
	const isSet = used.some((value) => JSON.stringify(value) !== JSON.stringify(usual));
	return isSet ? [] : [name];
}
