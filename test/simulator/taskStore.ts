import { randomInt } from 'node:crypto';

import type { Callbacks } from './callbacks';
import { hasEnded } from './statuses';
import type { SimulatedTask, SimulatorEvent } from './types';

/** Share of a task's time after which it changes from submitted to processing. */
const SUBMITTED_SHARE = 0.15;

const MEDIA_UNREADABLE = 'The submitted media could not be read.';

type TaskResult = Record<string, unknown>;

interface TaskPlan {
	path: string;
	/** From its start to its end; 0 for a task that is finished in the response to its create. */
	seconds: number;
	holdsSlot: boolean;
	externalTaskId?: string;
	/** The spoken text. */
	text?: string;
	callbackUrl?: string;
	/** Creates the task's result; the task succeeds only after that. */
	make: (task: SimulatedTask) => Promise<TaskResult>;
}

interface PlantedTask {
	path: string;
	status: string;
	result: TaskResult;
	externalTaskId?: string;
}

/** All tasks of the account, and their progress. */
export class TaskStore {
	readonly tasks: SimulatedTask[] = [];
	/** Slots used by tasks of others. */
	foreignSlots = 0;
	private readonly timers = new Set<NodeJS.Timeout>();
	private readonly results = new Map<SimulatedTask, Promise<TaskResult>>();

	constructor(
		private readonly callbacks: Callbacks,
		private readonly onEvent: (event: SimulatorEvent) => void,
	) {}

	find(id: string): SimulatedTask | undefined {
		return this.tasks.find((task) => task.id === id);
	}

	/** @throws if there is no such task */
	get(id: string): SimulatedTask {
		const task = this.find(id);
		if (!task) throw new Error(`The simulator has no task ${id}.`);
		return task;
	}

	findByExternalId(externalTaskId: string): SimulatedTask | undefined {
		return this.tasks.find((task) => task.externalTaskId === externalTaskId);
	}

	/** Slots in use, including those of others. */
	slotsInUse(): number {
		return this.foreignSlots + this.tasks.filter((task) => task.holdsSlot).length;
	}

	/** Creates a task and starts it. */
	start(plan: TaskPlan): SimulatedTask {
		const { path, externalTaskId } = plan;
		const task = this.plant({ path, status: 'submitted', result: {}, externalTaskId });
		task.holdsSlot = plan.holdsSlot;
		task.text = plan.text;
		task.callbackUrl = plan.callbackUrl;
		this.announce(task);
		const made = plan.make(task);
		this.results.set(task, made);
		made.catch(() => this.change(task, 'failed', MEDIA_UNREADABLE));
		if (plan.seconds > 0) {
			this.later(plan.seconds * SUBMITTED_SHARE, () => this.change(task, 'processing'));
			this.later(plan.seconds, () => void this.finish(task));
		}
		return task;
	}

	/** Adds a task that does not progress by itself. */
	plant({ path, status, result, externalTaskId }: PlantedTask): SimulatedTask {
		const now = Date.now();
		const task: SimulatedTask = {
			id: `${now}${randomInt(100_000, 999_999)}`,
			klingId: `${randomInt(100_000, 999_999)}${now}`,
			path,
			externalTaskId,
			status,
			createdAt: now,
			updatedAt: now,
			result,
			holdsSlot: false,
		};
		this.tasks.push(task);
		return task;
	}

	/** Completes a task as soon as its result is ready. */
	async finish(task: SimulatedTask): Promise<void> {
		try {
			task.result = (await this.results.get(task)) ?? task.result;
		} catch {
			return; // The task has failed already, because of start().
		}
		this.change(task, 'succeed');
	}

	/** Sets a task's status; a finished task stays as it is. */
	change(task: SimulatedTask, status: string, message?: string): void {
		if (hasEnded(task.status) || !this.tasks.includes(task)) return;
		task.status = status;
		task.statusMessage = message;
		task.updatedAt = Date.now();
		if (hasEnded(status)) {
			task.holdsSlot = false;
			this.results.delete(task);
		}
		this.announce(task);
	}

	/** Makes a task unknown, as if it had been deleted. */
	forget(task: SimulatedTask): void {
		this.tasks.splice(this.tasks.indexOf(task), 1);
	}

	/** Forgets all tasks and stops their progress. */
	clear(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		this.results.clear();
		this.tasks.length = 0;
		this.foreignSlots = 0;
	}

	private announce(task: SimulatedTask): void {
		this.onEvent({ atMs: task.updatedAt, taskId: task.id, path: task.path, status: task.status });
		if (task.callbackUrl !== undefined) this.callbacks.send(task.callbackUrl, task);
	}

	private later(seconds: number, act: () => void): void {
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			act();
		}, seconds * 1000);
		this.timers.add(timer);
	}
}
