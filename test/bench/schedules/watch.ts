/** How long to wait before the next poll of a task of this age that has been polled this often. */
export type Schedule = (ageMs: number, polls: number) => number;

/** What a schedule costs, as the mean over many tasks. */
export interface Cost {
	/** From a task's end until its detection, in milliseconds. */
	lagMs: number;
	/** Polls per task, including the one that finds that it has ended. */
	requests: number;
}

/**
 * Polls one task after the other in virtual time, in which a poll itself takes no time.
 *
 * @param scheduleOf the schedule for the task at this index; called after the previous task has
 * ended
 */
export function watchTasks(
	tasksMs: readonly number[],
	scheduleOf: (order: number) => Schedule,
): Cost {
	let lagMs = 0;
	let requests = 0;
	tasksMs.forEach((durationMs, order) => {
		const schedule = scheduleOf(order);
		let ageMs = 0;
		let polls = 0;
		do {
			ageMs += schedule(ageMs, polls);
			polls++;
		} while (ageMs < durationMs);
		lagMs += ageMs - durationMs;
		requests += polls;
	});
	return { lagMs: lagMs / tasksMs.length, requests: requests / tasksMs.length };
}
