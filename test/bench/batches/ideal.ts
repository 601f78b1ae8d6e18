/** Slots of the account; tasks of other users hold some of them for a while. */
export interface SlotPlan {
	slots: number;
	held: number;
	heldSeconds: number;
}

/**
 * The minimum time that the tasks can take: each starts as soon as a slot is free, in order, and is
 * delivered as soon as it ends.
 *
 * @returns seconds from the start to the end of the last task
 */
export function idealSeconds(taskSeconds: readonly number[], plan: SlotPlan): number {
	const freeAt = Array.from({ length: plan.slots }, (_, slot) =>
		slot < plan.held ? plan.heldSeconds : 0,
	);
	for (const seconds of taskSeconds) {
		const first = Math.min(...freeAt);
		freeAt[freeAt.indexOf(first)] = first + seconds;
	}
	// A slot whose holder outlasts all tasks cannot be used.
	const ends = freeAt.filter((end, slot) => slot >= plan.held || end > plan.heldSeconds);
	return Math.max(...ends);
}
