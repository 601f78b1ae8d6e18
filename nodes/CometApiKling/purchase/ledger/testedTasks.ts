import type { Clock } from '../../polling/time/clock';
import type { PaidPart } from './ledger';
import type { LedgerEntry } from './ledgerEntry';

/** A task that a manual execution paid for: only IDs and a length, no content. */
export type TestedTask = Pick<LedgerEntry, 'external_task_id' | 'task_id' | 'audio_id' | 'seconds'>;

interface StoredTask extends TestedTask {
	task_id: string;
	/** Identifies the request: two tasks with the same key are interchangeable. */
	key: string;
	/** The latest execution that used the task. No other item of that execution gets it. */
	execution: string;
	/** In Unix milliseconds. */
	createdAt: number;
}

/** Enough for somebody who builds a workflow and runs it a few dozen times a day. */
const MAX_TASKS = 200;
const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * The tasks of manual executions in this process, for *Reuse While Testing*
 * (docs/maintainers/decisions.md#paid-once). Each queue-mode worker has its own; a restart clears
 * them. The least recently used ones are removed first.
 */
export class TestedTasks {
	private tasks: StoredTask[] = [];

	constructor(private readonly clock: Pick<Clock, 'now'>) {}

	/** Returns the oldest task with this key that the execution does not use yet, and claims it. */
	claim(key: string, execution: string): StoredTask | undefined {
		const isFresh = (task: StoredTask): boolean => this.clock.now() - task.createdAt <= MAX_AGE_MS;
		this.tasks = this.tasks.filter(isFresh);
		const found = this.tasks.find((task) => task.key === key && task.execution !== execution);
		if (found) this.store({ ...found, execution });
		return found;
	}

	/** Stores a task that an execution created or resumed, and updates it once more is known. */
	remember(key: string, execution: string, task: TestedTask): void {
		const { task_id: taskId } = task;
		if (taskId === undefined) return;
		const known = this.tasks.find((stored) => stored.task_id === taskId);
		const createdAt = known?.createdAt ?? this.clock.now();
		this.store({ ...task, task_id: taskId, key, execution, createdAt });
	}

	/** Removes a task that failed or no longer exists. */
	forget(taskId: string): void {
		this.tasks = this.tasks.filter((task) => task.task_id !== taskId);
	}

	/** Removes the tasks with this key, because the user wants new ones. */
	forgetOthers(key: string, execution: string): void {
		this.tasks = this.tasks.filter((task) => task.key !== key || task.execution === execution);
	}

	/** Stores the task at the end, so that the list is ordered by last use. */
	private store(task: StoredTask): void {
		this.forget(task.task_id);
		this.tasks = [...this.tasks, task].slice(-MAX_TASKS);
	}
}

/** The reusable tasks for one run of the node. */
export class TestRun {
	/** The creation times of the reused tasks, in Unix milliseconds. */
	readonly reused: number[] = [];

	/**
	 * @param node identifies the workflow and its node
	 * @param execution identifies the execution
	 */
	constructor(
		private readonly tasks: TestedTasks,
		private readonly node: string,
		private readonly execution: string,
	) {}

	/** Access to the reusable tasks of one part of an item. */
	partOf(part: PaidPart, testHash: string): TestedPart {
		const key = [this.node, part, testHash].join(':');
		return {
			claim: () => this.tasks.claim(key, this.execution),
			remember: (task) => this.tasks.remember(key, this.execution, task),
			forget: (taskId) => this.tasks.forget(taskId),
			forgetOthers: () => this.tasks.forgetOthers(key, this.execution),
			noteReused: (createdAt) => this.reused.push(createdAt),
		};
	}
}

/** See the methods of `TestedTasks`. */
export interface TestedPart {
	claim(): StoredTask | undefined;
	remember(task: TestedTask): void;
	forget(taskId: string): void;
	forgetOthers(): void;
	noteReused(createdAt: number): void;
}
