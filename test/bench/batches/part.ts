import { itemsOf, type WorkflowJson } from '../../harness';
import { BenchEngine } from '../engine';
import { atMost, compare, markdownTable, type Figure, type PartResult } from '../figures';
import { seededRandom } from '../schedules/random';
import { TaskTimes } from '../schedules/taskTimes';
import { Service } from '../service/service';
import type { ServiceCounts } from '../service/messages';
import { idealSeconds, type SlotPlan } from './ideal';
import { httpWorkflow, klingWorkflow, sequentialWorkflow } from './workflows';

/** How many seconds pass per second in the engine, the node and the simulator. */
export const SPEED = 20;

/**
 * The durations of other Kling videos (docs/maintainers/service-notes.md#task-times-and-client-behavior),
 * with a spread that is typical of one kind of task.
 */
const TASK_TIMES = new TaskTimes(180_000, 0.25);
const SEED = 3;

/** Poll interval of the workflow built from n8n's own nodes, and of the common alternative. */
const WAIT_SECONDS = 5;

const HELD_SECONDS = 240;

/** All other options keep their defaults; the limit is that of the account, or above it. */
const OPTIONS = { maxConcurrentTasks: 20, maxWaitSeconds: 86_400 };

interface Scenario {
	name: string;
	items: number;
	plan: SlotPlan;
	/** Target: this many times the ideal. */
	maxRatio: number;
}

const FREE = { held: 0, heldSeconds: 0 };

const SCENARIOS: Scenario[] = [
	{ name: '20 items, 20 slots', items: 20, plan: { slots: 20, ...FREE }, maxRatio: 1.15 },
	{
		name: `20 items, 5 slots, others hold 2 of them for ${HELD_SECONDS} s`,
		items: 20,
		plan: { slots: 5, held: 2, heldSeconds: HELD_SECONDS },
		maxRatio: 1.25,
	},
	{
		name: `200 items, 20 slots, others hold 8 of them for ${HELD_SECONDS} s`,
		items: 200,
		plan: { slots: 20, held: 8, heldSeconds: HELD_SECONDS },
		maxRatio: 1.25,
	},
];

/** The target for rejected POST requests, per item. */
const MAX_REFUSED = 3;

const LAST_NODES = ['CometAPI Kling', 'Sequential Kling', 'Download'];

interface Outcome {
	name: string;
	scenario: string;
	seconds: number;
	delivered: number;
	/** What ended the workflow early. */
	error?: string;
	counts: ServiceCounts;
}

type MakeWorkflow = (service: Service) => WorkflowJson;

/** Runs batches of items with this node and with its baselines, at the same time on one machine. */
export async function benchBatches(): Promise<PartResult> {
	const engines = {
		node: new BenchEngine({ speed: SPEED }),
		baselines: new BenchEngine({ speed: SPEED }),
	};
	try {
		const [ours, baselines] = await Promise.all([
			runOurs(engines.node),
			runBaselines(engines.baselines),
		]);
		return report(ours, baselines);
	} finally {
		engines.node.stop();
		engines.baselines.stop();
	}
}

async function runOurs(engine: BenchEngine): Promise<Outcome[]> {
	await warmUp(engine);
	const outcomes: Outcome[] = [];
	for (const scenario of SCENARIOS) {
		outcomes.push(
			await runScenario(engine, 'this node', scenario, ({ at }) => klingWorkflow(at, OPTIONS)),
		);
	}
	return outcomes;
}

/**
 * A sequential baseline takes as long in a shared engine as alone, so the baselines share one
 * engine.
 */
async function runBaselines(engine: BenchEngine): Promise<Outcome[]> {
	await warmUp(engine);
	const [scenario, fewSlots] = SCENARIOS;
	if (!scenario || !fewSlots) return [];
	const waitSeconds = WAIT_SECONDS / SPEED;
	const allAtOnce: MakeWorkflow = ({ at }) => httpWorkflow(at, waitSeconds, 'all at once');
	const baselines: Array<[string, MakeWorkflow, Scenario]> = [
		[
			"n8n's own nodes, item by item",
			({ at }) => httpWorkflow(at, waitSeconds, 'item by item'),
			scenario,
		],
		["n8n's own nodes, all at once", allAtOnce, scenario],
		["n8n's own nodes, all at once", allAtOnce, fewSlots],
		[
			'sequential node, fixed 5 s',
			({ at }) => sequentialWorkflow(at, { firstSeconds: 5, growth: 1, maxSeconds: 5 }),
			scenario,
		],
		[
			'sequential node, 3 to 15 s',
			({ at }) => sequentialWorkflow(at, { firstSeconds: 3, growth: 1.5, maxSeconds: 15 }),
			scenario,
		],
	];
	return await Promise.all(
		baselines.map(async ([name, make, plan]) => await runScenario(engine, name, plan, make)),
	);
}

/** In the first run, modules are loaded and code is compiled, which is not what we measure. */
async function warmUp(engine: BenchEngine): Promise<void> {
	const plan = { slots: 20, ...FREE };
	const one: Scenario = { name: 'warm-up', items: 2, plan, maxRatio: 0 };
	await runScenario(engine, 'warm-up', one, ({ at }) => klingWorkflow(at, OPTIONS), [10]);
}

async function runScenario(
	engine: BenchEngine,
	name: string,
	scenario: Scenario,
	make: MakeWorkflow,
	taskSeconds = drawnSeconds(scenario.items),
): Promise<Outcome> {
	const { plan } = scenario;
	const service = await Service.start({ taskSeconds, speed: SPEED, parallelLimit: plan.slots });
	try {
		await service.holdSlots(plan.held);
		const release = setTimeout(() => void service.holdSlots(0), (plan.heldSeconds * 1000) / SPEED);
		const startedAt = performance.now();
		const result = await engine.runAnyhow({
			workflow: make(service),
			credentials: service.credentials,
			input: itemsOf(...Array.from({ length: scenario.items }, (_, index) => ({ index }))),
			binaryMode: 'filesystem',
		});
		const seconds = ((performance.now() - startedAt) / 1000) * SPEED;
		clearTimeout(release);
		const delivered = LAST_NODES.flatMap((node) =>
			(result.data.resultData.runData[node] ?? []).flatMap((run) => run.data?.main?.[0] ?? []),
		).filter((item) => item.binary?.data !== undefined).length;
		return {
			name,
			scenario: scenario.name,
			seconds,
			delivered,
			error: result.error?.message,
			counts: await service.counts(),
		};
	} finally {
		service.stop();
	}
}

function drawnSeconds(count: number): number[] {
	return TASK_TIMES.draw(count, seededRandom(SEED)).map((durationMs) => durationMs / 1000);
}

function report(ours: Outcome[], baselines: Outcome[]): PartResult {
	const ideals = SCENARIOS.map(({ items, plan }) => idealSeconds(drawnSeconds(items), plan));
	const figures = SCENARIOS.flatMap(({ name, items, maxRatio }, index): Figure[] => {
		const outcome = ours[index];
		const ideal = ideals[index];
		if (!outcome || ideal === undefined) return [];
		return [
			atMost(`${name}: time as a multiple of the ideal`, outcome.seconds / ideal, maxRatio, ''),
			{
				what: `${name}: items delivered`,
				figure: String(outcome.delivered),
				target: String(items),
				verdict: outcome.delivered === items ? 'met' : 'missed',
			},
			{
				what: `${name}: rejected POSTs per item`,
				figure: (outcome.counts.refused / items).toFixed(2),
				target: `fewer than ${MAX_REFUSED}`,
				verdict: outcome.counts.refused < MAX_REFUSED * items ? 'met' : 'missed',
			},
		];
	});
	const [ideal = 0] = ideals;
	const first = ours[0];
	const finished = baselines.filter(({ error }) => error === undefined);
	const inComparison = finished.flatMap((baseline) => [
		compare(
			`${baseline.scenario}, ${baseline.name}: time as a multiple of the ideal`,
			baseline.seconds / ideal,
			'',
		),
		...(first
			? [
					compare(
						`${baseline.scenario}, ${baseline.name}: time as a multiple of this node's`,
						baseline.seconds / first.seconds,
						'',
					),
				]
			: []),
	]);
	const rows = [...ours, ...baselines].map((outcome) => {
		const { counts, delivered } = outcome;
		const perTask = counts.polls / Math.max(1, delivered);
		return [
			outcome.scenario,
			outcome.name,
			`${outcome.seconds.toFixed(0)} s`,
			outcome.error === undefined
				? String(delivered)
				: `${delivered}; ended with "${outcome.error}"`,
			String(counts.paid),
			String(counts.refused),
			perTask.toFixed(1),
		];
	});
	const idealRows = SCENARIOS.map(({ name, items }, index) => [
		name,
		'the ideal',
		`${(ideals[index] ?? 0).toFixed(0)} s`,
		String(items),
		String(items),
		'0',
		'',
	]);
	return {
		title: 'Batches',
		figures: [...figures, ...inComparison],
		details: markdownTable(
			['Batch', 'Who', 'Time', 'Delivered', 'Paid', 'Rejected', 'Queries per task'],
			[...rows, ...idealRows],
		),
		bars: {
			title: '20 items, 20 slots: time to the last video',
			unit: 's',
			names: ['the ideal', 'this node', ...finished.map(({ name }) => name)],
			series: [
				{
					name: 'time',
					values: [ideal, first?.seconds ?? 0, ...finished.map(({ seconds }) => seconds)],
				},
			],
		},
	};
}
