import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

import packageJson from '../../package.json';
import { PROJECT_FOLDER } from '../harness/project';
import { isRecord } from '../support/isRecord';

const FOLDER = path.join(PROJECT_FOLDER, '.github/workflows');
const files = readdirSync(FOLDER);

interface Step {
	uses?: unknown;
	run?: unknown;
	with: Record<string, unknown>;
}

interface Job {
	name: string;
	all: Record<string, unknown>;
	steps: Step[];
}

function textOf(file: string): string {
	return readFileSync(path.join(FOLDER, file), 'utf8');
}

function workflowOf(file: string): Record<string, unknown> {
	const workflow: unknown = parse(textOf(file));
	return recordOf(workflow);
}

function jobsOf(file: string): Job[] {
	return Object.entries(recordOf(workflowOf(file).jobs)).map(([name, job]) => {
		const all = recordOf(job);
		const steps: unknown[] = Array.isArray(all.steps) ? all.steps : [];
		return {
			name,
			all,
			steps: steps.map(recordOf).map((step) => ({
				uses: step.uses,
				run: step.run,
				with: recordOf(step.with),
			})),
		};
	});
}

function jobOf(file: string, name: string): Job {
	const job = jobsOf(file).find((one) => one.name === name);
	if (!job) throw new Error(`${file} has no job ${name}.`);
	return job;
}

function recordOf(value: unknown): Record<string, unknown> {
	return isRecord(value) ? value : {};
}

describe.each(files)('%s', (file) => {
	const uses = textOf(file).match(/uses:.*/g) ?? [];

	it('pins every action to a commit and names its version', () => {
		expect(uses.length).toBeGreaterThan(0);
		for (const line of uses) {
			expect(line).toMatch(/^uses: (\.\/\S+|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
		}
	});

	it('may only read the code, unless a job requests more', () => {
		expect(workflowOf(file).permissions).toEqual({ contents: 'read' });
	});

	it('gives each job a timeout, and keeps no credentials on disk', () => {
		for (const { all, steps } of jobsOf(file)) {
			if (all.uses !== undefined) continue;
			expect(all['timeout-minutes']).toEqual(expect.any(Number));
			const checkouts = steps.filter((step) => String(step.uses).startsWith('actions/checkout@'));
			expect(checkouts.map((step) => step.with['persist-credentials'])).toEqual([false]);
		}
	});

	it('runs npm scripts that exist', () => {
		const runs = jobsOf(file).flatMap(({ steps }) => steps.map((step) => String(step.run)));
		const names = runs.flatMap((run) => /^npm run ([\w:]+)/.exec(run)?.[1] ?? []);
		expect(names.filter((name) => !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
	});
});

test('CI runs all checks with each supported Node.js, and has what queue mode needs', () => {
	const { all, steps } = jobOf('ci.yml', 'check');
	expect(all.strategy).toMatchObject({ matrix: { node: ['20', '22', '24'] } });
	expect(packageJson.engines.node).toBe('>=20');
	expect(steps.map((step) => step.run)).toContain('.ci/run');
	expect(Object.keys(recordOf(all.services))).toEqual(['postgres', 'redis']);
});

test('a release runs all checks first, and is published with provenance and without a token', () => {
	expect(workflowOf('release.yml').on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+*'] } });
	expect(jobOf('release.yml', 'check').all.uses).toBe('./.github/workflows/ci.yml');
	expect(workflowOf('ci.yml').on).toHaveProperty('workflow_call');
	const { all, steps } = jobOf('release.yml', 'publish');
	expect(all.needs).toBe('check');
	expect(all.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
	const runs = steps.map((step) => step.run);
	expect(runs.indexOf('npm run build')).toBeGreaterThan(runs.indexOf('npm ci'));
	expect(runs[runs.length - 1]).toBe('npm publish --provenance --access public');
	expect(textOf('release.yml')).not.toMatch(/secrets\.|NODE_AUTH_TOKEN/);
});

test('the release is built by a Node.js whose npm can publish through OIDC', () => {
	const { steps } = jobOf('release.yml', 'publish');
	const versions = steps.flatMap((step) => step.with['node-version'] ?? []);
	// npm 11.5 is the first version that can; Node 24 includes it.
	expect(versions).toEqual(['24']);
});

test('older and newer versions of n8n are tested every week', () => {
	const { schedule } = recordOf(workflowOf('compat.yml').on);
	expect(schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* \d$/) as unknown }]);
	expect(jobOf('compat.yml', 'compat').steps.map((step) => step.run)).toContain('npm run compat');
});
