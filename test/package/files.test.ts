import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { PROJECT_FOLDER } from '../harness/project';
import { emptyFolder, pack } from './installedPackage';

/** The contents of the package besides dist/. */
const AT_THE_TOP = ['LICENSE', 'README.md', 'index.js', 'package.json'];

/** Files that the build creates without a source file of ours. */
const NOTICES = 'dist/THIRD-PARTY-NOTICES.txt';

/** Code that exists at run time; a file with only types compiles to nothing. */
const HAS_CODE = /^export (async |abstract )?(const|let|function|class)\b/m;

function sources(): string[] {
	return ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(path.join(PROJECT_FOLDER, folder), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => path.relative(PROJECT_FOLDER, path.join(entry.parentPath, entry.name))),
	);
}

function builtOf(source: string): string[] {
	if (!source.endsWith('.ts')) return [`dist/${source}`];
	const text = readFileSync(path.join(PROJECT_FOLDER, source), 'utf8');
	return HAS_CODE.test(text) ? [`dist/${source.replace(/\.ts$/, '.js')}`] : [];
}

test('the package contains what the sources compile to, and no other file', () => {
	const folder = emptyFolder();
	try {
		const built = sources().map((source) => builtOf(source));
		expect(pack(folder).paths.sort()).toEqual([...AT_THE_TOP, NOTICES, ...built.flat()].sort());
	} finally {
		rmSync(folder, { recursive: true });
	}
});
