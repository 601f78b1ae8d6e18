import type { Clock } from '../../polling/time/clock';
import type { LedgerEntry, PaidPart } from './ledger';

/** What a manual execution paid for: IDs and a length, never content. */
export type TestedTask = Pick<LedgerEntry, 'external_task_id' | 'task_id' | 'audio_id' | 'seconds'>;

interface StoredTask extends TestedTask {
	task_id: string;
	/** What was asked for: two tasks with the same key are equally good. */
	key: string;
	/** The latest execution that used the task. No other item of that execution gets it. */
	execution: string;
	/** In Unix milliseconds. */
	createdAt: number;
}

/** Whoever builds a workflow presses the button a few dozen times and is done within a day. */
const MAX_TASKS = 200;
const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * The tasks of manual executions in this process, for *Reuse While Testing*
 * (docs/maintainers/decisions.md#paid-once). A worker of queue mode has its own; a restart forgets
 * them. The ones that were not used for longest go first.
 */
export class TestedTasks {
	private tasks: StoredTask[] = [];

	constructor(private readonly clock: Pick<Clock, 'now'>) {}

	/** The oldest task with this key that the execution does not use yet. From now on it does. */
	claim(key: string, execution: string): StoredTask | undefined {
		const isFresh = (task: StoredTask): boolean => this.clock.now() - task.createdAt <= MAX_AGE_MS;
		this.tasks = this.tasks.filter(isFresh);
		const found = this.tasks.find((task) => task.key === key && task.execution !== execution);
		if (found) this.store({ ...found, execution });
		return found;
	}

	/** Notes a task that an execution created or resumed; again when more is known of it. */
	remember(key: string, execution: string, task: TestedTask): void {
		const { task_id: taskId } = task;
		if (taskId === undefined) return;
		const known = this.tasks.find((stored) => stored.task_id === taskId);
		const createdAt = known?.createdAt ?? this.clock.now();
		this.store({ ...task, task_id: taskId, key, execution, createdAt });
	}

	/** The task failed or is gone. */
	forget(taskId: string): void {
		this.tasks = this.tasks.filter((task) => task.task_id !== taskId);
	}

	/** New tasks are wanted in place of those with this key. */
	forgetOthers(key: string, execution: string): void {
		this.tasks = this.tasks.filter((task) => task.key !== key || task.execution === execution);
	}

	/** Stored last, so that the list is in the order of the last use. */
	private store(task: StoredTask): void {
		this.forget(task.task_id);
		this.tasks = [...this.tasks, task].slice(-MAX_TASKS);
	}
}

/** The tests of one run of the node. */
export class TestRun {
	/** When the tasks that were reused had been created, in Unix milliseconds. */
	readonly reused: number[] = [];

	/**
	 * @param node names the workflow and its node
	 * @param execution names the execution
	 */
	constructor(
		private readonly tasks: TestedTasks,
		private readonly node: string,
		private readonly execution: string,
	) {}

	/** What is known of the tasks of one part of an item. */
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
