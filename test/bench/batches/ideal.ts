/** Slots of the account, some of which tasks of others hold for a while. */
export interface SlotPlan {
	slots: number;
	held: number;
	heldSeconds: number;
}

/**
 * The least time that the tasks can take: each begins the moment that a slot is free, in order,
 * and is delivered the moment that it ends.
 *
 * @returns seconds from the beginning to the end of the last task
 */
export function idealSeconds(taskSeconds: readonly number[], plan: SlotPlan): number {
	const freeAt = Array.from({ length: plan.slots }, (_, slot) =>
		slot < plan.held ? plan.heldSeconds : 0,
	);
	for (const seconds of taskSeconds) {
		const first = Math.min(...freeAt);
		freeAt[freeAt.indexOf(first)] = first + seconds;
	}
	// A slot whose holder outlasts all tasks is nobody's to wait for.
	const ends = freeAt.filter((end, slot) => slot >= plan.held || end > plan.heldSeconds);
	return Math.max(...ends);
}
