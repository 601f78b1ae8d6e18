import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import packageJson from '../../package.json';
import { emptyFolder, install, loadInChildProcess, pack, type Tarball } from './installedPackage';
import { isRecord } from '../support/isRecord';

/** Ten times the current size would still be fine for npm; this limit detects accidents. */
const MAX_PACKED_BYTES = 300_000;

/** Everything that n8n, npm or a reader of the package needs, with one pattern for each reason. */
const NEEDED_FILES = [
	/^(package\.json|README\.md|LICENSE|index\.js)$/,
	/^dist\/(nodes|credentials)\/.+\.js$/,
	/^dist\/nodes\/.+\.node\.json$/,
	/^dist\/nodes\/.+\/__schema__\/v\d+\.\d+\.\d+\/.+\.json$/,
	/^dist\/nodes\/.+\.svg$/,
	/^dist\/THIRD-PARTY-NOTICES\.txt$/,
];

const registeredFiles = [...packageJson.n8n.nodes, ...packageJson.n8n.credentials];

describe('the packed package', () => {
	let folder: string;
	let tarball: Tarball;
	let packageFolder: string;

	beforeAll(() => {
		folder = emptyFolder();
		tarball = pack(folder);
		packageFolder = install(tarball.file, folder);
	});

	afterAll(() => {
		rmSync(folder, { recursive: true, force: true });
	});

	it('contains every file that package.json#n8n names', () => {
		expect(tarball.paths).toEqual(expect.arrayContaining(registeredFiles));
	});

	it('has an icon pair, a codex file, the license and the README', () => {
		const nodeFolder = 'dist/nodes/CometApiKling';
		expect(tarball.paths).toEqual(
			expect.arrayContaining([
				`${nodeFolder}/cometApiKling.svg`,
				`${nodeFolder}/cometApiKling.dark.svg`,
				`${nodeFolder}/CometApiKling.node.json`,
				'LICENSE',
				'README.md',
			]),
		);
	});

	it('contains the output schema of every operation', () => {
		const folder = 'dist/nodes/CometApiKling/__schema__/v1.0.0';
		expect(tarball.paths.filter((file) => file.startsWith(folder)).sort()).toEqual([
			`${folder}/avatar/create.json`,
			`${folder}/speech/generate.json`,
			`${folder}/task/get.json`,
			`${folder}/video/join.json`,
		]);
	});

	it('contains nothing that is not needed', () => {
		const superfluous = tarball.paths.filter(
			(file) => !NEEDED_FILES.some((pattern) => pattern.test(file)),
		);
		expect(superfluous).toEqual([]);
	});

	it('is small', () => {
		expect(tarball.packedBytes).toBeLessThan(MAX_PACKED_BYTES);
	});

	it('has no runtime dependencies and one peer', () => {
		const installed: unknown = JSON.parse(
			readFileSync(path.join(packageFolder, 'package.json'), 'utf8'),
		);
		expect(installed).not.toHaveProperty('dependencies');
		expect(installed).not.toHaveProperty('optionalDependencies');
		expect(installed).not.toHaveProperty('bundledDependencies');
		expect(isRecord(installed) && installed.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('loads in an empty project with n8n-workflow alone', () => {
		const { classes, required } = loadInChildProcess(packageFolder);
		expect(classes.map(({ file }) => file)).toEqual(registeredFiles);
		for (const { file, className, name } of classes) {
			// n8n finds the class by the name of its file, and keeps its type by `name`.
			expect(className).toBe(path.basename(file).split('.')[0]);
			expect(name.toLowerCase()).toBe(className.toLowerCase());
		}
		expect(required.filter((module) => !['n8n-workflow', 'crypto'].includes(module))).toEqual([]);
	});
});
