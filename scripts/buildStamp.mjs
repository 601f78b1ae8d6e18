import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from './project.mjs';

/**
 * Everything that dist/ is built from; the lock file stands for the bundled libraries and for
 * esbuild.
 */
const SOURCES = ['nodes', 'credentials', 'package.json', 'package-lock.json', 'gulpfile.js'];

/** The stamp is stored beside the packages, because everything in dist/ is published. */
const STAMP = path.join(PROJECT_ROOT, 'node_modules', '.cache', 'cometapi-kling', 'build-stamp');

function filesBelow(place) {
	if (!fs.existsSync(place)) return [];
	if (fs.statSync(place).isFile()) return [place];
	return fs
		.readdirSync(place)
		.sort()
		.flatMap((name) => filesBelow(path.join(place, name)));
}

/** One hash over the names and contents of all sources. */
function sourceHash() {
	const hash = createHash('sha256');
	for (const file of SOURCES.flatMap((source) => filesBelow(path.join(PROJECT_ROOT, source)))) {
		const contents = fs.readFileSync(file);
		hash.update(`${path.relative(PROJECT_ROOT, file)}\0${contents.length}\0`).update(contents);
	}
	return hash.digest('hex');
}

/** Records which sources dist/ was just built from. */
export function writeBuildStamp() {
	fs.mkdirSync(path.dirname(STAMP), { recursive: true });
	fs.writeFileSync(STAMP, sourceHash());
}

/** Whether dist/ exists and was built from the current sources. */
export function isBuildFresh() {
	const { n8n } = JSON.parse(fs.readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8'));
	const isThere = [...n8n.nodes, ...n8n.credentials, STAMP].every((file) =>
		fs.existsSync(path.resolve(PROJECT_ROOT, file)),
	);
	return isThere && fs.readFileSync(STAMP, 'utf8') === sourceHash();
}
