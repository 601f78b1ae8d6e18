import { readFileSync, writeFileSync } from 'node:fs';

/**
 * How far a process's memory rises above what it was, in megabytes of resident set; the kernel
 * keeps the highest value, so that no peak is missed between two looks (Linux only).
 *
 * @throws where the process is not ours, or the system keeps no such value
 */
export async function riseDuring(pid: number, work: () => Promise<void>): Promise<number> {
	// "5" sets the highest value back to the present one (proc_pid_clear_refs(5)).
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	const before = statusKilobytes(pid, 'VmRSS');
	await work();
	return (statusKilobytes(pid, 'VmHWM') - before) / 1024;
}

function statusKilobytes(pid: number, field: string): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const value = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
	if (value === undefined) throw new Error(`The process ${pid} tells no ${field}.`);
	return Number(value);
}
