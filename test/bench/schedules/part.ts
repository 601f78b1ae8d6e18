import { markdownTable, type Figure, type PartResult } from '../figures';
import { ALL_TIMES, compareSchedules, isBetter, type Comparison } from './compare';
import type { Baseline } from './baselines';
import type { Cost } from './watch';

const TASKS = 1_000;

/** The target: at most this share of each baseline's lag, with as many requests. */
const MAX_SHARE_OF_LAG = 0.5;

/** Compares poll schedules in virtual time. */
export async function benchSchedules(): Promise<PartResult> {
	const comparisons = ALL_TIMES.map((times) => {
		const comparison = compareSchedules(times, TASKS);
		const baselines = comparison.baselines.map((one) => ({
			...one,
			matched: one.matched(),
			optimum: one.optimum(),
		}));
		return { ...comparison, baselines };
	});
	return {
		title: 'Schedules',
		figures: comparisons.flatMap((comparison) => [
			undominated(comparison, 'cold'),
			undominated(comparison, 'warm'),
			halfTheLag(comparison),
		]),
		details: markdownTable(
			['Task times', 'Schedule', 'Lag', 'Requests', 'This node, as many requests', 'Optimum'],
			comparisons.flatMap(detailRows),
		),
		bars: {
			title: 'Mean lag with as many requests as a fixed interval of 5 s (virtual time)',
			unit: 's',
			names: comparisons.map(({ times }) => times.name),
			series: [
				{ name: 'fixed 5 s', values: comparisons.map((one) => seconds(fixed5(one).cost)) },
				{ name: 'this node', values: comparisons.map((one) => seconds(fixed5(one).matched)) },
				{ name: 'optimum', values: comparisons.map((one) => seconds(fixed5(one).optimum)) },
			],
		},
	};
}

/** A comparison whose searches have finished. */
type Searched = Omit<Comparison, 'baselines'> & {
	baselines: Array<{ baseline: Baseline; cost: Cost; matched: Matched; optimum: Cost }>;
};

type Matched = Cost & { intervalMs: number };

function undominated({ times, baselines, ...ours }: Searched, which: 'cold' | 'warm'): Figure {
	const better = baselines.filter(({ cost }) => isBetter(cost, ours[which]));
	const knowledge = which === 'cold' ? 'first tasks' : 'after 40 tasks';
	return {
		what: `Schedule, ${times.name}: baselines with less lag and fewer requests, ${knowledge}`,
		figure:
			better.length === 0
				? `none; ${inWords(ours[which])}`
				: better.map(({ baseline, cost }) => `${baseline.name} (${inWords(cost)})`).join(', '),
		target: 'none',
		verdict: better.length === 0 ? 'met' : 'missed',
	};
}

function halfTheLag({ times, baselines }: Searched): Figure {
	const shares = baselines.map(({ cost, matched, optimum }) => ({
		ours: matched.lagMs / cost.lagMs,
		best: optimum.lagMs / cost.lagMs,
	}));
	const missed = shares.filter(({ ours }) => ours > MAX_SHARE_OF_LAG);
	const inReach = missed.filter(({ best }) => best <= MAX_SHARE_OF_LAG);
	const range = (values: number[]): string =>
		`${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;
	return {
		what: `Schedule, ${times.name}: lag as a share of each baseline's, with as many requests`,
		figure: `${range(shares.map(({ ours }) => ours))} (optimum ${range(shares.map(({ best }) => best))})`,
		target: `at most ${MAX_SHARE_OF_LAG}`,
		verdict: missed.length === 0 ? 'met' : inReach.length === 0 ? 'out of reach' : 'missed',
	};
}

function detailRows({ times, cold, warm, baselines }: Searched): string[][] {
	const own = (name: string, cost: Cost): string[] => [
		times.name,
		name,
		`${seconds(cost).toFixed(2)} s`,
		cost.requests.toFixed(1),
		'',
		'',
	];
	return [
		own('**this node**, first tasks', cold),
		own('**this node**, after 40 tasks', warm),
		...baselines.map(({ baseline, cost, matched, optimum }) => [
			...own(baseline.name, cost).slice(0, 4),
			`${seconds(matched).toFixed(2)} s (interval ${(matched.intervalMs / 1000).toFixed(1)} s)`,
			`${seconds(optimum).toFixed(2)} s`,
		]),
	];
}

function fixed5({ baselines, times }: Searched): Searched['baselines'][number] {
	const found = baselines.find(({ baseline }) => baseline.name === 'fixed 5 s');
	if (!found) throw new Error(`There is no fixed interval of 5 s for ${times.name}.`);
	return found;
}

function inWords(cost: Cost): string {
	return `lag ${seconds(cost).toFixed(1)} s, ${cost.requests.toFixed(1)} requests`;
}

function seconds({ lagMs }: Cost): number {
	return lagMs / 1000;
}
