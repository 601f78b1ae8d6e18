import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of the node; every path below is relative to it. */
const ROOT = path.join(__dirname, '../../nodes/CometApiKling');

/**
 * The rooms, the lowest first. A room may import from itself and from the rooms before it
 * (docs/maintainers/architecture.md). The folders of single operations belong to `actions`.
 */
const ROOMS = [
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

/** Rooms that do not depend on n8n, so that they can be tested and read without it. */
const PURE_ROOMS = /^(kling|media|talk|polling)\b/;

/** The maximum number of files in a folder, so that readers can keep an overview. */
const MAX_FILES = 12;

/** The two files that n8n loads, and what they need immediately: they are above all rooms. */
const TOP = [
	'CometApiKling.node.ts',
	'CometApiKlingTrigger.node.ts',
	'connection.ts',
	'nodeHints.ts',
];

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

/** The room that a file's folder is, or is part of; `undefined` for the files above all rooms. */
function roomOf(file: string): string | undefined {
	return ROOMS.filter((room) => file.startsWith(`${room}/`)).sort((a, b) => b.length - a.length)[0];
}

/** The place of a file's room in the order; the files above all rooms come last. */
function floorOf(file: string): number {
	const room = roomOf(file);
	return room === undefined ? ROOMS.length : ROOMS.indexOf(room);
}

test('every file is in a room, and every import can be resolved', () => {
	for (const [file, names] of imports) {
		expect([file, roomOf(file) ?? TOP.includes(file)]).not.toContain(false);
		for (const name of names.filter((one) => one.endsWith('.ts'))) expect(files).toContain(name);
	}
	const count = [...imports.values()].flat().length;
	expect(count).toBeGreaterThan(files.length);
});

test('rooms import from lower rooms only', () => {
	const upward = [...imports].flatMap(([file, names]) =>
		names
			.filter((name) => files.includes(name) && floorOf(name) > floorOf(file))
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

test.each(['n8n-workflow', 'n8n-core'])('the pure rooms do not import %s', (name) => {
	const users = files.filter((file) => PURE_ROOMS.test(file) && imports.get(file)?.includes(name));
	expect(users).toEqual([]);
});

test('only transport sends requests', () => {
	const users = files.filter((file) =>
		/helpers\.(httpRequest|request)/.test(readFileSync(path.join(ROOT, file), 'utf8')),
	);
	expect(users.filter((file) => !roomOf(file)?.startsWith('transport'))).toEqual([]);
	expect(users).not.toEqual([]);
});

test(`no folder has more than ${MAX_FILES} files`, () => {
	const counts = new Map<string, number>();
	for (const file of files) counts.set(folderOf(file), (counts.get(folderOf(file)) ?? 0) + 1);
	expect([...counts].filter(([, count]) => count > MAX_FILES)).toEqual([]);
});
