/** What is needed of V8's CPU profile; times are in microseconds. */
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

/** A time in which the event loop stood still. */
export interface Block {
	lastedMs: number;
	/** How long of it this node's code ran, or code that it had called. */
	ownMs: number;
	/** The functions of this node that the time was spent in, the longest first. */
	own: string[];
}

/** Where the built node is; frames of it tell its code from n8n's and from libraries'. */
const OWN_CODE = /\/dist\/(?:nodes|credentials)\/CometApiKling/;

/** Samples come each millisecond; where they are further apart, the process was not running. */
const MAX_SAMPLE_MS = 1.5;

const MAX_NAMES = 3;

/** Tells of each standstill how much of it was this node's, from the samples that fell into it. */
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

/** For each stack that has this node in it: its function that is nearest to the top. */
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
