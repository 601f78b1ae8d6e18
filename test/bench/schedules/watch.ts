/** How long to leave a task alone that is so old and has been looked at so often. */
export type Schedule = (ageMs: number, looks: number) => number;

/** What a schedule costs, as the mean over many tasks. */
export interface Cost {
	/** From a task's end until it is noticed, in milliseconds. */
	lagMs: number;
	/** Looks at a task, the one that finds it ended included. */
	requests: number;
}

/**
 * Watches one task after the other in virtual time, in which a look itself takes none.
 *
 * @param scheduleOf the schedule for the task at this place; asked once the one before has ended
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
		let looks = 0;
		do {
			ageMs += schedule(ageMs, looks);
			looks++;
		} while (ageMs < durationMs);
		lagMs += ageMs - durationMs;
		requests += looks;
	});
	return { lagMs: lagMs / tasksMs.length, requests: requests / tasksMs.length };
}
