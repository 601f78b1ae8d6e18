import {
	effectOnCreate,
	labelOf,
	whatHappened,
	type Fault,
} from '../../nodes/CometApiKling/kling/errors/faults';
import { encodeBody, type BodyFields } from '../../nodes/CometApiKling/kling/requestBody';
import type { KlingRoute } from '../../nodes/CometApiKling/kling/routes';
import type { KlingTask } from '../../nodes/CometApiKling/kling/task';
import { toPollResult } from '../../nodes/CometApiKling/polling/pollTask';
import { Pacer } from '../../nodes/CometApiKling/polling/limits/pacer';
import { waitForTask } from '../../nodes/CometApiKling/polling/waitForTask';
import { SmokeStop } from './findings';
import { realClock } from './realClock';
import type { Smoke } from './smoke';

/** The node's default. */
const MAX_WAIT_MS = 1_800_000;
const FIRST_INTERVAL_MS = 5_000;
const QUERIES_PER_SECOND = 5;

/** A task that was created, or a rejection that cost nothing. */
export type CreatedTask = { kind: 'task'; task: KlingTask } | { kind: 'refused'; fault: Fault };

/**
 * Sends a create, once.
 *
 * @throws SmokeStop if it is unknown whether a task was created
 */
export async function buy(
	{ service, findings, say }: Smoke,
	route: KlingRoute,
	fields: BodyFields,
	externalTaskId: string,
): Promise<CreatedTask> {
	say(`Sending a ${route.label} task with the external ID ${externalTaskId} …`);
	const body = encodeBody({ ...fields, external_task_id: externalTaskId });
	const response = await service.create(route, body);
	if (response.kind === 'task') {
		findings.paidTasks++;
		say(`Task ${response.task.id} was created.`);
		return response;
	}
	const { fault } = response;
	if (effectOnCreate(fault) !== 'unknown') return { kind: 'refused', fault };
	findings.paidTasks++;
	throw new SmokeStop(
		`The ${route.label} request got no clear response (${inWords(fault)}). The task may have been created and charged: look for the external ID ${externalTaskId} in the CometAPI console.`,
	);
}

/**
 * Waits until a task ends, as the node does.
 *
 * @throws SmokeStop if the wait ends before the task
 */
export async function seeItEnd(
	{ service, say }: Smoke,
	route: KlingRoute,
	{ id }: KlingTask,
): Promise<KlingTask> {
	const outcome = await waitForTask(
		async (timeoutMs) => {
			const result = toPollResult(await service.query(route, id, timeoutMs));
			say(
				`Task ${id}: ${result.kind === 'running' || result.kind === 'ended' ? result.status : result.label}`,
			);
			return result;
		},
		{ maxWaitMs: MAX_WAIT_MS, firstIntervalMs: FIRST_INTERVAL_MS, createdAt: realClock.now() },
		realClock,
		new Pacer(QUERIES_PER_SECOND, realClock),
	);
	if (outcome.kind === 'ended') return outcome.task;
	const why = outcome.kind === 'stopped' ? `: ${inWords(outcome.reason)}` : '';
	throw new SmokeStop(
		`The wait for task ${id} ended early (${outcome.kind}${why}); status checks: ${outcome.statusSummary}.`,
	);
}

/** A fault for the report, with the service's own message. */
export function inWords(fault: Fault): string {
	const message = fault.message === '' ? '' : `, “${fault.message}”`;
	return `${whatHappened(fault)}, ${labelOf(fault)}${message}`;
}
