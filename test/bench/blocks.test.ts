import { blocksOf, type Profile } from './manyTasks/blocks';

const OWN = 'file:///work/dist/nodes/CometApiKling/run/ledger.js';

/** n8n's engine calls this node, which calls a helper of n8n; n8n also runs on its own. */
const NODES: Profile['nodes'] = [
	{ id: 1, callFrame: { functionName: '(root)', url: '' }, children: [2, 5] },
	{ id: 2, callFrame: { functionName: 'execute', url: '/n8n-core/execute.js' }, children: [3] },
	{ id: 3, callFrame: { functionName: 'deleteItems', url: OWN }, children: [4] },
	{ id: 4, callFrame: { functionName: 'helper', url: '/n8n-core/helper.js' } },
	{ id: 5, callFrame: { functionName: 'stringify', url: '/flatted/index.js' } },
];

/** Samples one millisecond apart, starting at time 100. */
function profileOf(...samples: number[]): Profile {
	return {
		nodes: NODES,
		startTime: 99_000,
		samples,
		timeDeltas: samples.map(() => 1_000),
	};
}

test('counts time in a helper that the node called as the node’s, but not time in n8n', () => {
	const profile = profileOf(3, 4, 4, 5, 2);
	const [block] = blocksOf([{ fromMs: 99, toMs: 200 }], profile);
	expect(block?.lastedMs).toBe(101);
	expect(block?.ownMs).toBeCloseTo(3);
	expect(block?.own).toEqual(['deleteItems (ledger.js)']);
});

test('ignores samples outside of a block', () => {
	const profile = profileOf(3, 3, 3, 3);
	expect(blocksOf([{ fromMs: 100.5, toMs: 102.5 }], profile)[0]?.ownMs).toBeCloseTo(2);
});

test('ignores time in which the process did not run', () => {
	const profile = { ...profileOf(3), timeDeltas: [80_000] };
	expect(blocksOf([{ fromMs: 99, toMs: 300 }], profile)[0]?.ownMs).toBeLessThan(10);
});
