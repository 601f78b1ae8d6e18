import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { PROJECT_FOLDER } from '../harness/project';
import { emptyFolder, pack } from './installedPackage';

/** What is in the package beside dist/. */
const AT_THE_TOP = ['LICENSE', 'README.md', 'index.js', 'package.json'];

/** Made by the build, of no file of ours. */
const NOTICES = 'dist/THIRD-PARTY-NOTICES.txt';

/** Code that is there at run time; a file with nothing but types comes to nothing. */
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

test('the package holds what the sources come to, and not a file more', () => {
	const folder = emptyFolder();
	try {
		const built = sources().map((source) => builtOf(source));
		expect(pack(folder).paths.sort()).toEqual([...AT_THE_TOP, NOTICES, ...built.flat()].sort());
	} finally {
		rmSync(folder, { recursive: true });
	}
});
