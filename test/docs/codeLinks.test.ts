import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { PROJECT_FOLDER } from '../harness/project';
import { readDocument } from './markdown';

const FOLDERS = ['nodes', 'credentials', 'test', 'scripts'];

/** A link to a page of the docs in a comment, with or without a heading. */
const LINK = /\bdocs\/[\w/-]+\.md(?:#[\w-]+)?/g;

/** References to deleted pages: work orders, and notes by section number. */
const GONE = /\bSPEC \d|\bSPEC\.md\b|\b(API|N8N|ANCHORS)\.md\b/;

/** A page that must not exist, for a test of missing links. */
const MISSING_ON_PURPOSE = 'docs/nothing.md';

const sources = FOLDERS.flatMap((folder) =>
	readdirSync(path.join(PROJECT_FOLDER, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.(ts|[cm]?js)$/.test(file) && !file.includes('node_modules'))
		.map((file) => path.join(folder, file)),
).filter((file) => path.basename(file) !== path.basename(__filename));

function read(file: string): string {
	return readFileSync(path.join(PROJECT_FOLDER, file), 'utf8');
}

function leadsNowhere(link: string): boolean {
	const [page = '', heading] = link.split('#');
	if (!existsSync(path.join(PROJECT_FOLDER, page))) return true;
	return heading !== undefined && !readDocument(page).anchors.includes(heading);
}

test('every link to the docs in the code leads to a page and a heading', () => {
	const links = new Set(sources.flatMap((file) => read(file).match(LINK) ?? []));
	expect(links.size).toBeGreaterThan(10);
	links.delete(MISSING_ON_PURPOSE);
	expect([...links].filter(leadsNowhere)).toEqual([]);
});

test('no comment refers to a deleted page', () => {
	expect(sources.filter((file) => GONE.test(read(file)))).toEqual([]);
});
