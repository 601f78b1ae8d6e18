/**
 * Loaded into the engine's process before everything else. Measures its CPU time, how long its
 * event loop is blocked, and by whose code. Times are those of the machine, regardless of the
 * engine's clock.
 */
import { Session } from 'node:inspector';

import { blocksOf, type Block, type Profile } from './blocks';

export type ProbeRequest = { probe: 'start' | 'startProfile' | 'stop' };

export interface ProbeReport {
	cpuMs: number;
	/** Times during which the event loop was blocked; only if a profile was recorded. */
	blocks: Block[];
}

/** How often the event loop is checked. */
const HEARTBEAT_MS = 4;

/** Shorter blocks are ignored. */
const MIN_GAP_MS = 10;

const SAMPLING_MICROSECONDS = 1_000;

let cpu = process.cpuUsage();
let session: Session | undefined;
let heartbeat: NodeJS.Timeout | undefined;
let gaps: Array<{ fromMs: number; toMs: number }> = [];

process.on('message', (request: ProbeRequest) => {
	if (request.probe === 'start') cpu = process.cpuUsage();
	else if (request.probe === 'startProfile') startProfile();
	else if (request.probe === 'stop') stop();
});

function startProfile(): void {
	cpu = process.cpuUsage();
	gaps = [];
	session = new Session();
	session.connect();
	session.post('Profiler.enable');
	session.post('Profiler.setSamplingInterval', { interval: SAMPLING_MICROSECONDS });
	session.post('Profiler.start');
	let last = monotonicMs();
	heartbeat = setInterval(() => {
		const now = monotonicMs();
		if (now - last - HEARTBEAT_MS > MIN_GAP_MS) gaps.push({ fromMs: last, toMs: now });
		last = now;
	}, HEARTBEAT_MS);
}

function stop(): void {
	const { user, system } = process.cpuUsage(cpu);
	const cpuMs = (user + system) / 1000;
	clearInterval(heartbeat);
	if (!session) {
		send({ cpuMs, blocks: [] });
		return;
	}
	const ending = session;
	session = undefined;
	ending.post('Profiler.stop', (_error, { profile }) => {
		ending.disconnect();
		send({ cpuMs, blocks: blocksOf(gaps, profile satisfies Profile) });
	});
}

/** The clock of V8's profiles. */
function monotonicMs(): number {
	return Number(process.hrtime.bigint() / 1000n) / 1000;
}

function send(report: ProbeReport): void {
	process.send?.({ probe: report });
}
