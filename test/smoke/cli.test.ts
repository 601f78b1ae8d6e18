import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { PROJECT_FOLDER } from '../harness/project';
import { startSimulator, type Simulator } from '../simulator';

let simulator: Simulator;
let folder: string;

beforeAll(async () => {
	simulator = await startSimulator({ taskSeconds: 1, media: 'tiny' });
	folder = mkdtempSync(path.join(tmpdir(), 'kling-smoke-'));
});
beforeEach(() => simulator.reset());
afterAll(async () => {
	rmSync(folder, { recursive: true });
	await simulator.stop();
});

interface Ended {
	code: unknown;
	stdout: string;
	stderr: string;
}

/** Runs the command with this input on its terminal. */
async function smoke(args: string[], typed: string, key = simulator.key): Promise<Ended> {
	const script = path.join(__dirname, 'cli.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', script, '--out', folder, ...args], {
		cwd: PROJECT_FOLDER,
		env: {
			...process.env,
			NODE_OPTIONS: '',
			COMETAPI_KEY: key,
			COMETAPI_BASE_URL: `${simulator.url}/v1/`,
		},
	});
	const said = { stdout: '', stderr: '' };
	child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
	child.stdin.end(typed);
	const ended: unknown[] = await once(child, 'close');
	return { code: ended[0], ...said };
}

test('fails without a key', async () => {
	const { code, stdout, stderr } = await smoke(['--yes'], '', ' ');
	expect(code).toBe(1);
	expect(stdout).toBe('');
	expect(stderr).toContain('COMETAPI_KEY');
	expect(simulator.requests).toEqual([]);
});

test.each(['', 'no\n', 'y\n'])('prints the cost, and sends nothing after %j', async (typed) => {
	const { code, stdout, stderr } = await smoke([], typed);
	expect(code).toBe(1);
	expect(stdout).toBe('');
	expect(stderr).toContain('about $0.17');
	expect(stderr).toContain('nothing was charged');
	expect(simulator.requests).toEqual([]);
});

test.each([
	['--yes', ['--yes'], ''],
	['a typed yes', [], 'yes\n'],
])('with %s, it prints the report and keeps the clip', async (_way, args, typed) => {
	const { code, stdout, stderr } = await smoke(args, typed);
	expect(stderr).toContain('about $0.17');
	expect(code).toBe(0);
	expect(stdout).toContain('## Smoke run against CometAPI');
	expect(`${stdout}${stderr}`).not.toContain(simulator.key);
	expect(simulator.paidTasks()).toBe(2);
	const clip = path.join(folder, 'smoke.mp4');
	expect(existsSync(clip)).toBe(true);
	rmSync(clip);
});

test('rejects an invalid image before anything is sent', async () => {
	const { code, stderr } = await smoke(['--yes', '--image', __filename], '');
	expect(code).toBe(1);
	expect(stderr).toContain('Kling accepts JPG and PNG');
	expect(simulator.requests).toEqual([]);
});
