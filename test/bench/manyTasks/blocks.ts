/** The parts of V8's CPU profile that we use; times are in microseconds. */
export interface Profile {
	nodes: Array<{
		id: number;
		callFrame: { functionName: string; url: string };
		children?: number[];
	}>;
	startTime: number;
	samples?: number[];
	timeDeltas?: number[];
}

/** A time during which the event loop was blocked. */
export interface Block {
	lastedMs: number;
	/** How long this node's code, or code that it had called, ran during that time. */
	ownMs: number;
	/** The functions of this node that took the time, the longest first. */
	own: string[];
}

/**
 * The folder of the built node; its stack frames distinguish its code from n8n's and from
 * libraries.
 */
const OWN_CODE = /\/dist\/(?:nodes|credentials)\/CometApiKling/;

/** Samples arrive every millisecond; if they are further apart, the process was not running. */
const MAX_SAMPLE_MS = 1.5;

const MAX_NAMES = 3;

/** Calculates for each blocked time how much of it this node caused, from the samples in it. */
export function blocksOf(
	gaps: ReadonlyArray<{ fromMs: number; toMs: number }>,
	profile: Profile,
): Block[] {
	const ownOf = ownFrames(profile);
	const { samples = [], timeDeltas = [] } = profile;
	const times: number[] = [];
	let at = profile.startTime;
	for (const delta of timeDeltas) times.push((at += delta) / 1000);
	return gaps.map(({ fromMs, toMs }) => {
		const spent = new Map<string, number>();
		samples.forEach((id, index) => {
			const name = ownOf.get(id);
			const time = times[index] ?? 0;
			if (name === undefined || time < fromMs || time > toMs) return;
			const ms = Math.min(MAX_SAMPLE_MS, (timeDeltas[index] ?? 0) / 1000);
			spent.set(name, (spent.get(name) ?? 0) + ms);
		});
		const names = [...spent].sort(([, a], [, b]) => b - a).map(([name]) => name);
		const ownMs = [...spent.values()].reduce((sum, ms) => sum + ms, 0);
		return { lastedMs: toMs - fromMs, ownMs, own: names.slice(0, MAX_NAMES) };
	});
}

/** For each stack that contains this node: the node's function nearest to the top. */
function ownFrames({ nodes }: Profile): Map<number, string> {
	const parentOf = new Map<number, number>();
	for (const { id, children = [] } of nodes) for (const child of children) parentOf.set(child, id);
	const nodeOf = new Map(nodes.map((node) => [node.id, node]));
	const own = new Map<number, string>();
	for (const { id } of nodes) {
		for (let at: number | undefined = id; at !== undefined; at = parentOf.get(at)) {
			const frame: Profile['nodes'][number]['callFrame'] | undefined = nodeOf.get(at)?.callFrame;
			if (!frame || !OWN_CODE.test(frame.url)) continue;
			const file = frame.url.split('/').at(-1) ?? '';
			own.set(id, `${frame.functionName || '(anonymous)'} (${file})`);
			break;
		}
	}
	return own;
}
