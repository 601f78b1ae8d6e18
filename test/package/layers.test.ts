import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of the node; every path below is relative to it. */
const ROOT = path.join(__dirname, '../../nodes/CometApiKling');

/**
 * The layers, the lowest first. A layer may import from itself and from the layers before it
 * (docs/maintainers/architecture.md). The folders of single operations belong to `actions`.
 */
const LAYERS = [
	'kling/errors',
	'kling',
	'kling/response',
	'media',
	'media/image',
	'media/mp4',
	'media/audio/mp3',
	'media/audio',
	'media/join/read',
	'media/join/write',
	'media/join/plan',
	'media/join',
	'talk',
	'polling/time',
	'polling/forecast',
	'polling/limits',
	'polling',
	'transport',
	'transport/download',
	'actions',
	'output',
	'purchase/ledger',
	'purchase/submit',
	'purchase',
	'callback',
	'execution',
	'trigger',
];

/** Layers that do not depend on n8n, so that they can be tested and read without it. */
const PURE_LAYERS = /^(kling|media|talk|polling)\b/;

/** The maximum number of files in a folder, so that readers can keep an overview. */
const MAX_FILES = 12;

/** The two files that n8n loads, and what they need immediately: they are above all layers. */
const TOP = ['CometApiKling.node.ts', 'CometApiKlingTrigger.node.ts', 'nodeDescription.ts'];

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
	.map((file) => file.split(path.sep).join('/'))
	.filter((file) => file.endsWith('.ts'));

/** The modules that a file imports: paths of this folder, and names of packages. */
function importsOf(file: string): string[] {
	const source = readFileSync(path.join(ROOT, file), 'utf8');
	return [...source.matchAll(/^(?:import|export|\})[^;]*? from '([^']+)';/gms)].map(
		([, name = '']) =>
			name.startsWith('.') ? `${path.posix.join(path.posix.dirname(file), name)}.ts` : name,
	);
}

const imports = new Map(files.map((file) => [file, importsOf(file)]));
const folderOf = (file: string): string => path.posix.dirname(file);

/** The layer that a file's folder is, or is part of; `undefined` for the files above all layers. */
function layerOf(file: string): string | undefined {
	return LAYERS.filter((layer) => file.startsWith(`${layer}/`)).sort(
		(a, b) => b.length - a.length,
	)[0];
}

/** The level of a file's layer; the files above all layers have the highest. */
function levelOf(file: string): number {
	const layer = layerOf(file);
	return layer === undefined ? LAYERS.length : LAYERS.indexOf(layer);
}

test('every file is in a layer, and every import can be resolved', () => {
	for (const [file, names] of imports) {
		expect([file, layerOf(file) ?? TOP.includes(file)]).not.toContain(false);
		for (const name of names.filter((one) => one.endsWith('.ts'))) expect(files).toContain(name);
	}
	const count = [...imports.values()].flat().length;
	expect(count).toBeGreaterThan(files.length);
});

test('layers import from lower layers only', () => {
	const upward = [...imports].flatMap(([file, names]) =>
		names
			.filter((name) => files.includes(name) && levelOf(name) > levelOf(file))
			.map((name) => `${file} -> ${name}`),
	);
	expect(upward).toEqual([]);
});

test('there are no circular imports', () => {
	const done = new Set<string>();
	const circles: string[] = [];
	const walk = (file: string, trail: string[]): void => {
		if (trail.includes(file))
			circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
		if (trail.includes(file) || done.has(file)) return;
		for (const name of imports.get(file) ?? []) walk(name, [...trail, file]);
		done.add(file);
	};
	for (const file of files) walk(file, []);
	expect(circles).toEqual([]);
});

test.each(['n8n-workflow', 'n8n-core'])('the pure layers do not import %s', (name) => {
	const users = files.filter((file) => PURE_LAYERS.test(file) && imports.get(file)?.includes(name));
	expect(users).toEqual([]);
});

test('only transport sends requests', () => {
	const users = files.filter((file) =>
		/helpers\.(httpRequest|request)/.test(readFileSync(path.join(ROOT, file), 'utf8')),
	);
	expect(users.filter((file) => !layerOf(file)?.startsWith('transport'))).toEqual([]);
	expect(users).not.toEqual([]);
});

test(`no folder has more than ${MAX_FILES} files`, () => {
	const counts = new Map<string, number>();
	for (const file of files) counts.set(folderOf(file), (counts.get(folderOf(file)) ?? 0) + 1);
	expect([...counts].filter(([, count]) => count > MAX_FILES)).toEqual([]);
});
