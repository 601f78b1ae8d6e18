import { readFileSync, writeFileSync } from 'node:fs';

/**
 * How far a process's memory rises, in megabytes of resident set. The kernel keeps the highest
 * value, so that no peak between two reads is missed (Linux only).
 *
 * @throws if the process is not ours, or the system has no such value
 */
export async function riseDuring(pid: number, work: () => Promise<void>): Promise<number> {
	// "5" resets the highest value to the current one (proc_pid_clear_refs(5)).
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	const before = statusKilobytes(pid, 'VmRSS');
	await work();
	return (statusKilobytes(pid, 'VmHWM') - before) / 1024;
}

function statusKilobytes(pid: number, field: string): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const value = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
	if (value === undefined) throw new Error(`Process ${pid} does not report ${field}.`);
	return Number(value);
}
