import {
	effectOnCreate,
	labelOf,
	whatHappened,
	type Fault,
} from '../../nodes/CometApiKling/kling/faults';
import { encodeBody, type BodyFields } from '../../nodes/CometApiKling/kling/requestBody';
import type { KlingRoute } from '../../nodes/CometApiKling/kling/routes';
import type { KlingTask } from '../../nodes/CometApiKling/kling/task';
import { toPollResult } from '../../nodes/CometApiKling/polling/pollTask';
import { Pacer } from '../../nodes/CometApiKling/polling/pacer';
import { waitForTask } from '../../nodes/CometApiKling/polling/waitForTask';
import { SmokeStop } from './findings';
import { realClock } from './realClock';
import type { Smoke } from './smoke';

/** As the node does by default. */
const MAX_WAIT_MS = 1_800_000;
const FIRST_INTERVAL_MS = 5_000;
const QUERIES_PER_SECOND = 5;

/** A task that was made, or a refusal that has cost nothing. */
export type CreatedTask = { kind: 'task'; task: KlingTask } | { kind: 'refused'; fault: Fault };

/**
 * Sends a create, once.
 *
 * @throws SmokeStop where nobody knows whether a task was made
 */
export async function buy(
	{ service, findings, say }: Smoke,
	route: KlingRoute,
	fields: BodyFields,
	externalTaskId: string,
): Promise<CreatedTask> {
	say(`Sending a ${route.label} task with the external id ${externalTaskId} …`);
	const body = encodeBody({ ...fields, external_task_id: externalTaskId });
	const answer = await service.create(route, body);
	if (answer.kind === 'task') {
		findings.paidTasks++;
		say(`Task ${answer.task.id} was made.`);
		return answer;
	}
	const { fault } = answer;
	if (effectOnCreate(fault) !== 'unknown') return { kind: 'refused', fault };
	findings.paidTasks++;
	throw new SmokeStop(
		`The ${route.label} task got no clear answer (${inWords(fault)}). It may have been made and paid: look for the external id ${externalTaskId} in the CometAPI console.`,
	);
}

/**
 * Waits for a task's end as the node does.
 *
 * @throws SmokeStop where it is not seen
 */
export async function seeItEnd(
	{ service, say }: Smoke,
	route: KlingRoute,
	{ id }: KlingTask,
): Promise<KlingTask> {
	const outcome = await waitForTask(
		async (timeoutMs) => {
			const look = toPollResult(await service.query(route, id, timeoutMs));
			say(
				`Task ${id}: ${look.kind === 'running' || look.kind === 'ended' ? look.status : look.label}`,
			);
			return look;
		},
		{ maxWaitMs: MAX_WAIT_MS, firstIntervalMs: FIRST_INTERVAL_MS, createdAt: realClock.now() },
		realClock,
		new Pacer(QUERIES_PER_SECOND, realClock),
	);
	if (outcome.kind === 'ended') return outcome.task;
	const why = outcome.kind === 'stopped' ? `: ${inWords(outcome.reason)}` : '';
	throw new SmokeStop(
		`The end of task ${id} was not seen (${outcome.kind}${why}); status checks: ${outcome.statusSummary}.`,
	);
}

/** A fault for the report, with the service's own words. */
export function inWords(fault: Fault): string {
	const message = fault.message === '' ? '' : `, “${fault.message}”`;
	return `${whatHappened(fault)}, ${labelOf(fault)}${message}`;
}
