import path from 'node:path';

import { itemsOf } from '../../harness';
import { klingWorkflow } from '../batches/workflows';
import { BenchEngine } from '../engine';
import { atMost, compare, type PartResult } from '../figures';
import { Service } from '../service/service';
import type { ProbeReport, ProbeRequest } from './probe';

const MANY = 1_000;

/**
 * A task has finished before its first poll, so that each task is polled once, however many there
 * are.
 */
const TASK_SECONDS = [1];
const OPTIONS = { pollIntervalSeconds: 5, maxConcurrentTasks: MANY };

/** Sizes of executions whose CPU time per task is compared, and how often each one runs. */
const SIZES: Array<{ tasks: number; times: number }> = [
	{ tasks: 10, times: 10 },
	{ tasks: 100, times: 2 },
	{ tasks: MANY, times: 1 },
];

/** Targets. */
const MAX_OWN_BLOCK_MS = 50;
const MAX_CPU_RATIO = 1.2;

const NODE = 'CometAPI Kling';

/** Runs a thousand tasks in one execution, and measures the cost and how long n8n is blocked. */
export async function benchManyTasks(): Promise<PartResult> {
	const probe = path.join(__dirname, 'probe.ts');
	const engine = new BenchEngine({ execArgv: ['--import', probe] });
	try {
		await measure(engine, 100, 'start');
		const costs: Array<{ tasks: number; cpuMs: number; polls: number }> = [];
		for (const { tasks, times } of SIZES) {
			let [cpuMs, polls] = [0, 0];
			for (let time = 0; time < times; time++) {
				const run = await measure(engine, tasks, 'start');
				cpuMs += run.report.cpuMs / tasks / times;
				polls += run.polls / tasks / times;
			}
			costs.push({ tasks, cpuMs, polls });
		}
		const { report, delivered } = await measure(engine, MANY, 'startProfile');
		const longest = report.blocks.reduce((most, block) => Math.max(most, block.lastedMs), 0);
		const own = [...report.blocks].sort((a, b) => b.ownMs - a.ownMs)[0];
		const [few, , many] = costs;
		return {
			title: 'Many tasks',
			figures: [
				{
					what: `${MANY} tasks in one execution: items delivered`,
					figure: String(delivered),
					target: String(MANY),
					verdict: delivered === MANY ? 'met' : 'missed',
				},
				atMost(
					`${MANY} tasks: longest block of the event loop by this node's code${own?.own[0] ? `, mostly in ${own.own[0]}` : ''}`,
					own?.ownMs ?? 0,
					MAX_OWN_BLOCK_MS,
					'ms',
				),
				compare(`${MANY} tasks: longest block by any code`, longest, 'ms'),
				...costs.map(({ tasks, cpuMs, polls }) =>
					compare(
						`${tasks} tasks: CPU per task (${polls.toFixed(2)} queries per task)`,
						cpuMs,
						'ms',
					),
				),
				atMost(
					`CPU per task with ${MANY} tasks, as a multiple of that with ${few?.tasks ?? 0}`,
					(many?.cpuMs ?? Infinity) / (few?.cpuMs ?? 1),
					MAX_CPU_RATIO,
					'',
				),
			],
		};
	} finally {
		engine.stop();
	}
}

async function measure(
	engine: BenchEngine,
	tasks: number,
	start: 'start' | 'startProfile',
): Promise<{ report: ProbeReport; delivered: number; polls: number }> {
	const service = await Service.start({ taskSeconds: TASK_SECONDS, speed: 1 });
	try {
		engine.child.send({ probe: start } satisfies ProbeRequest);
		const result = await engine.run({
			workflow: klingWorkflow(service.at, OPTIONS),
			credentials: service.credentials,
			input: itemsOf(...Array.from({ length: tasks }, (_, index) => ({ index }))),
			binaryMode: 'filesystem',
		});
		const report = await stopProbe(engine);
		const { polls } = await service.counts();
		return { report, delivered: result.items(NODE).length, polls };
	} finally {
		service.stop();
	}
}

async function stopProbe({ child }: BenchEngine): Promise<ProbeReport> {
	const report = new Promise<ProbeReport>((resolve) => {
		const listen = (message: { probe?: ProbeReport }): void => {
			if (!message.probe) return;
			child.off('message', listen);
			resolve(message.probe);
		};
		child.on('message', listen);
	});
	child.send({ probe: 'stop' } satisfies ProbeRequest);
	return await report;
}
