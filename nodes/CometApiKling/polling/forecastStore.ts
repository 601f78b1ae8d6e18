import { isRecord, numberOf } from '../kling/json';
import { Forecast, learn, NO_EXPERIENCE, type Experience } from './forecast';

export interface TaskSize {
	/** For example `avatar:std`. */
	kind: string;
	/** Length of the audio, if it is known. */
	audioSeconds?: number;
}

/**
 * What is held for the spread of the times before any is known, and how many tasks it weighs: three
 * tasks that took the same time by chance do not make a sharp forecast.
 */
const ASSUMED_SPREAD = 0.5;
const ASSUMED_TASKS = 3;

/** The part of a task's time that does not depend on its audio, in seconds of audio. */
const FIXED_AUDIO_SECONDS = 10;

/** Assumed where the audio's length is not known: a usual clip. */
const USUAL_AUDIO_SECONDS = 10;

/** Fewer tasks than this say nothing of the next one. */
const MIN_TASKS = 3;

/** Where in the static data the times are. */
const STORE_KEY = 'taskTimes';

/**
 * What the tasks that finished took, in this run and in earlier ones, by kind of task.
 *
 * Times are remembered in proportion to the length of the audio, since long audio takes longer
 * (API.md 7), and come back in proportion to the length of the new one.
 */
export class ForecastStore {
	private readonly experiences = new Map<string, Experience>();

	/** @param store the node's static data; n8n keeps it for active workflows only */
	constructor(private readonly store: Record<string, unknown>) {
		const kept = isRecord(store[STORE_KEY]) ? store[STORE_KEY] : {};
		for (const [kind, value] of Object.entries(kept)) {
			const experience = readExperience(value);
			if (experience) this.experiences.set(kind, experience);
		}
	}

	/** When a task of this kind and size is likely to end; `undefined` while too few have. */
	forecast(size: TaskSize): Forecast | undefined {
		const experience = this.experiences.get(size.kind);
		if (!experience || experience.count < MIN_TASKS) return undefined;
		const squares = experience.squares + ASSUMED_TASKS * ASSUMED_SPREAD ** 2;
		const spread = Math.sqrt(squares / (experience.count - 1 + ASSUMED_TASKS));
		return new Forecast(Math.exp(experience.meanLogMs) * workOf(size), spread);
	}

	/** Remembers the time of a task that succeeded, in milliseconds. */
	add(size: TaskSize, durationMs: number): void {
		const before = this.experiences.get(size.kind) ?? NO_EXPERIENCE;
		this.experiences.set(size.kind, learn(before, durationMs / workOf(size)));
	}

	/** Writes what was learnt into the store, once at the end of a run. */
	save(): void {
		if (this.experiences.size > 0) this.store[STORE_KEY] = Object.fromEntries(this.experiences);
	}
}

function workOf(size: TaskSize): number {
	return FIXED_AUDIO_SECONDS + (size.audioSeconds ?? USUAL_AUDIO_SECONDS);
}

function readExperience(value: unknown): Experience | undefined {
	if (!isRecord(value)) return undefined;
	const count = numberOf(value.count);
	const meanLogMs = numberOf(value.meanLogMs);
	const squares = numberOf(value.squares);
	if (count === undefined || meanLogMs === undefined || squares === undefined) return undefined;
	return count > 0 && squares >= 0 ? { count, meanLogMs, squares } : undefined;
}
