import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

import axios from 'axios';

import { exampleNames, readExample } from '../harness';
import { PROJECT_FOLDER } from '../harness/project';
import { expectationOf } from '../examples/expectations';
import { Listener } from '../simulator/listener';
import { Rest } from './n8n/rest';
import { until } from './until';

/** All of n8n starts within this time, with other tests running at the same time. */
const START_TIMEOUT_MS = 150_000;

const MANUAL_STARTS = ['n8n-nodes-base.manualTrigger', 'n8n-nodes-base.scheduleTrigger'];

let running: { child: ChildProcess; output: string } | undefined;

/** Runs the command as a terminal does: in its own process group. */
function runCommand(...options: string[]): { child: ChildProcess; output: string } {
	const child = spawn('npm', ['run', 'n8n', '--', ...options], {
		cwd: PROJECT_FOLDER,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const command = { child, output: '' };
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => (command.output += chunk.toString()));
	}
	running = command;
	return command;
}

/** The processes of a process group. */
function groupMembers(group: number): string[] {
	return readdirSync('/proc').filter((entry) => {
		if (!/^\d+$/.test(entry)) return false;
		try {
			// After the name, which may contain spaces: state, parent, group.
			const fields = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ').pop()?.split(' ');
			return Number(fields?.[2]) === group;
		} catch {
			return false;
		}
	});
}

/** Ctrl+C: the terminal sends the signal to the whole group. */
async function pressCtrlC(child: ChildProcess): Promise<void> {
	const group = child.pid ?? 0;
	process.kill(-group, 'SIGINT');
	await until(() => groupMembers(group).length === 0);
}

function valueAfter(output: string, label: string): string {
	return new RegExp(`^${label}:\\s+(\\S+)`, 'm').exec(output)?.[1] ?? '';
}

/** Approves on the page with the chat, as a visitor of the playground does. */
async function approve(chatUrl: string): Promise<void> {
	const { data: page } = await axios.get<string>(chatUrl);
	const link = /href="([^"]*approved=true[^"]*)"/.exec(page)?.[1] ?? '';
	// n8n ignores bots, and the default user agent of axios looks like one.
	const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0' };
	await axios.get(link.replaceAll('&amp;', '&'), { headers });
}

afterEach(async () => {
	const { child } = running ?? {};
	if (child?.pid !== undefined && groupMembers(child.pid).length > 0) {
		const group = child.pid;
		process.kill(-group, 'SIGKILL');
		await until(() => groupMembers(group).length === 0);
	}
});

test('every example runs unchanged, and Ctrl+C stops everything and leaves nothing behind', async () => {
	const other = new Listener(() => undefined);
	const taken = await other.open(0);
	const command = runCommand('--port', String(taken), '--task-seconds', '1');
	try {
		await until(() => command.output.includes('Press Ctrl+C'), START_TIMEOUT_MS);
	} finally {
		await other.close();
	}
	expect(command.output).toContain(`Port ${taken} is in use`);
	expect(valueAfter(command.output, 'Sign in')).toBe(Rest.owner.email);
	expect(valueAfter(command.output, 'Password')).toBe(Rest.owner.password);

	const examplesUrl = valueAfter(command.output, 'Examples');
	const rest = new Rest(new URL(examplesUrl).origin);
	await rest.signIn();
	for (const label of ['Face', 'Form', 'Chat']) {
		const { status } = await axios.get(valueAfter(command.output, label));
		expect([label, status]).toEqual([label, 200]);
	}
	const folder = valueAfter(command.output, 'Videos');
	const workflows = await rest.workflowIds();
	let videos = 0;
	for (const name of exampleNames()) {
		const { nodes } = readExample(name, folder);
		const start = nodes.find((node) => MANUAL_STARTS.includes(node.type));
		videos += expectationOf(name).videos;
		// Callbacks start example 07 when example 06 has run; a visitor starts the form.
		if (!start) continue;
		const title = [...workflows.keys()].find((key) => key.startsWith(`${name.slice(0, 2)} `));
		const executionId = await rest.run(workflows.get(title ?? '') ?? '', start.name);
		if (nodes.some(({ parameters }) => parameters.operation === 'sendAndWait')) {
			await rest.until(executionId, ['waiting']);
			await approve(valueAfter(command.output, 'Chat'));
		}
		const execution = await rest.until(executionId);
		expect([name, execution.status]).toEqual([name, 'success']);
	}
	const written = (): string[] => readdirSync(folder).filter((file) => file.endsWith('.mp4'));
	await until(() => written().length >= videos);
	expect(written()).toHaveLength(videos);

	await pressCtrlC(command.child);
	expect(existsSync(folder)).toBe(false);
});

test('Ctrl+C stops it during startup', async () => {
	const { child } = runCommand('--port', '0');
	// The group contains npm, the setup, the command, and finally n8n.
	const isN8n = (pid: string): boolean =>
		readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('n8n/bin/n8n');
	await until(() => groupMembers(child.pid ?? 0).some(isN8n), START_TIMEOUT_MS);
	await pressCtrlC(child);
});

test('a mistyped option starts nothing, and the error says where the options are listed', async () => {
	const command = runCommand('--prot', '5678');
	await once(command.child, 'exit');
	expect(command.child.exitCode).toBe(1);
	expect(command.output).toContain("Unknown option '--prot'. Use --help to see the options.");
});

test('--help prints the options and starts nothing', async () => {
	const command = runCommand('--help');
	await once(command.child, 'exit');
	expect(command.child.exitCode).toBe(0);
	expect(command.output).toContain('--port N');
});
