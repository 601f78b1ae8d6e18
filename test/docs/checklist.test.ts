import { readDocument } from './markdown';

const { tables } = readDocument('docs/maintainers/checklist.md');
const points = tables.flatMap(({ rows }) =>
	rows.map(([guideline = '', how = '', proof = '']) => ({ guideline, how, proof })),
);

test('every point of the checklist says how it is met and names the proof', () => {
	expect(points.length).toBeGreaterThan(10);
	const bare = points.filter(({ how, proof }) => how === '' && !proof.startsWith('Open'));
	expect(bare).toEqual([]);
	expect(points.filter(({ proof }) => proof === '')).toEqual([]);
});

test('only points that need an account are open', () => {
	const open = points.filter(({ proof }) => proof.includes('Open'));
	expect(open.filter(({ proof }) => !/\baccounts?\b/.test(proof))).toEqual([]);
});
