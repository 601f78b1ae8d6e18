import type { CutKind } from './pieces';

/** Neighboring pieces that stay together; both ends are included. */
export interface Group {
	first: number;
	last: number;
}

/** How to group pieces. */
export interface PackingRule {
	/**
	 * The maximum length of a group. The cost of a group grows with the square of its share of this
	 * length, which evens out the groups.
	 */
	maxSeconds: number;
	/** Shorter groups are avoided whenever possible, whatever the cost. */
	minSeconds: number;
	/** The cost of ending a group after a cut; each additional group itself costs 1. */
	cutCosts: Record<CutKind, number>;
	/**
	 * Whether a range of pieces fits into one group, apart from its length in seconds. If a range does
	 * not fit, no larger range may fit.
	 */
	fits(first: number, last: number): boolean;
}

/**
 * This cost exceeds all others combined, so that a tiny group remains only if it cannot be avoided.
 */
const TINY_GROUP_COST = 10_000;

/**
 * Groups neighboring pieces at the lowest cost: few groups, of even length, with good cuts. A piece
 * that does not fit by itself becomes its own group.
 *
 * For each piece, the number of steps is the number of pieces that fit into one group.
 */
export function packPieces(
	pieces: ReadonlyArray<{ cut: CutKind; seconds: number }>,
	rule: PackingRule,
): Group[] {
	const count = pieces.length;
	const seconds = Float64Array.from(pieces, (piece) => piece.seconds);
	const costs = new Float64Array(count + 1);
	const starts = new Int32Array(count + 1);
	const ends = runningSums(seconds);
	const fits = (first: number, last: number): boolean =>
		(ends[last + 1] ?? 0) - (ends[first] ?? 0) <= rule.maxSeconds && rule.fits(first, last);
	let earliest = 0;
	pieces.forEach(({ cut }, last) => {
		while (earliest < last && !fits(earliest, last)) earliest++;
		let least = Infinity;
		let sum = 0;
		for (let first = last; first >= earliest; first--) {
			sum += seconds[first] ?? 0;
			const cost = (costs[first] ?? 0) + groupCost(sum, rule);
			if (cost >= least) continue;
			least = cost;
			starts[last + 1] = first;
		}
		costs[last + 1] = least + (last === count - 1 ? 0 : rule.cutCosts[cut]);
	});

	const groups: Group[] = [];
	for (let end = count; end > 0; end = starts[end] ?? 0) {
		groups.push({ first: starts[end] ?? 0, last: end - 1 });
	}
	return groups.reverse();
}

function groupCost(seconds: number, rule: PackingRule): number {
	const share = seconds / rule.maxSeconds;
	if (seconds >= rule.minSeconds) return 1 + share * share;
	return 1 + share * share + TINY_GROUP_COST * (2 - seconds / rule.minSeconds);
}

/** The sum of the numbers before each index, from index 0 up to the length of the list. */
function runningSums(numbers: Float64Array): Float64Array {
	const sums = new Float64Array(numbers.length + 1);
	numbers.forEach((number, index) => {
		sums[index + 1] = (sums[index] ?? 0) + number;
	});
	return sums;
}
