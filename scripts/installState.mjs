import fs from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from './project.mjs';

function readPackages(file) {
	const place = path.join(PROJECT_ROOT, file);
	return fs.existsSync(place) ? JSON.parse(fs.readFileSync(place, 'utf8')).packages : undefined;
}

/**
 * Whether node_modules contains what package-lock.json requires. As its last step, npm itself
 * records in node_modules/.package-lock.json what it has installed. So a manual `npm ci` counts, an
 * interrupted one does not, and we need no stamp that could be wrong.
 */
export function isInstallFresh() {
	const installed = readPackages('node_modules/.package-lock.json');
	const wanted = readPackages('package-lock.json');
	if (!installed || !wanted) return false;
	return Object.entries(wanted).every(([place, { version, integrity, optional, peer }]) => {
		if (place === '') return true;
		const found = installed[place];
		// Optional packages for other platforms are not installed.
		if (!found) return optional === true || peer === true;
		return found.version === version && found.integrity === integrity;
	});
}
