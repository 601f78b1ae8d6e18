import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { pack } from '../../package/installedPackage';

const PACKAGE = 'n8n-nodes-cometapi-kling';

/** A folder for n8n's data, with the packed tarball of this package installed as n8n does it. */
export function makeUserFolder(): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'kling-n8n-'));
	installPackage(folder);
	return folder;
}

/**
 * Copies the package to the folder in which n8n looks for community nodes
 * (docs/maintainers/n8n-notes.md#versions-that-install).
 */
export function installPackage(userFolder: string): void {
	const target = path.join(userFolder, '.n8n/nodes/node_modules', PACKAGE);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	const packed = mkdtempSync(path.join(tmpdir(), 'kling-pack-'));
	try {
		const { file } = pack(packed);
		execFileSync('tar', ['-xzf', file, '--strip-components=1', '-C', target]);
	} finally {
		rmSync(packed, { recursive: true });
	}
}
