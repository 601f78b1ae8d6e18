import fs from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from './project.mjs';

function readPackages(file) {
	const place = path.join(PROJECT_ROOT, file);
	return fs.existsSync(place) ? JSON.parse(fs.readFileSync(place, 'utf8')).packages : undefined;
}

/**
 * Whether node_modules holds what package-lock.json asks for.
 * npm itself notes in node_modules/.package-lock.json, as its last step, what it has installed: so
 * an `npm ci` by hand counts, an interrupted one does not, and no stamp of our own can be wrong.
 */
export function isInstallFresh() {
	const installed = readPackages('node_modules/.package-lock.json');
	const wanted = readPackages('package-lock.json');
	if (!installed || !wanted) return false;
	return Object.entries(wanted).every(([place, { version, integrity, optional, peer }]) => {
		if (place === '') return true;
		const found = installed[place];
		// Optional packages for other platforms stay out.
		if (!found) return optional === true || peer === true;
		return found.version === version && found.integrity === integrity;
	});
}
