import { Forecast, learn, NO_EXPERIENCE, type Experience } from './forecast';

export interface TaskSize {
	/** For example `avatar:std`. */
	kind: string;
	/** Length of the audio, if it is known. */
	audioSeconds?: number;
}

/**
 * The spread that is assumed before any time is known, and how many tasks it counts as: three tasks
 * that took the same time by chance do not make a reliable forecast.
 */
const ASSUMED_SPREAD = 0.5;
const ASSUMED_TASKS = 3;

/** The part of a task's duration that does not depend on its audio, in seconds of audio. */
const FIXED_AUDIO_SECONDS = 10;

/** Assumed if the audio's length is not known: a typical clip. */
const USUAL_AUDIO_SECONDS = 10;

/** Fewer tasks than this do not predict the next one. */
const MIN_TASKS = 3;

/** The node has two kinds, avatars in std and pro; the limit applies if more are added. */
const MAX_KINDS = 50;

/** What this process has learned, for all executions of all workflows. */
const experiencesOfProcess = new Map<string, Experience>();

/**
 * The durations of finished tasks, in this execution and in earlier ones, by kind of task.
 *
 * Durations are stored in proportion to the length of the audio, since long audio takes longer
 * (docs/maintainers/service-notes.md#task-times-and-client-behavior), and scaled to the length of the new
 * audio. They stay in the process: n8n writes the static data of a workflow back as a whole at the
 * end of an execution, which would overwrite what other nodes stored in the meantime.
 */
export class ForecastStore {
	/** @param experiences by kind of task, changed in place */
	constructor(private readonly experiences: Map<string, Experience> = experiencesOfProcess) {}

	/** When a task of this kind and size is likely to end; `undefined` if too few have finished. */
	forecast(size: TaskSize): Forecast | undefined {
		const experience = this.experiences.get(size.kind);
		if (!experience || experience.count < MIN_TASKS) return undefined;
		const squares = experience.squares + ASSUMED_TASKS * ASSUMED_SPREAD ** 2;
		const spread = Math.sqrt(squares / (experience.count - 1 + ASSUMED_TASKS));
		return new Forecast(Math.exp(experience.meanLogMs) * workOf(size), spread);
	}

	/** Stores the duration of a successful task, in milliseconds. */
	add(size: TaskSize, durationMs: number): void {
		const before = this.experiences.get(size.kind) ?? NO_EXPERIENCE;
		// Delete and set the entry, so that the first kind in the map is the least recently used one.
		this.experiences.delete(size.kind);
		this.experiences.set(size.kind, learn(before, durationMs / workOf(size)));
		const [oldest] = this.experiences.keys();
		if (this.experiences.size > MAX_KINDS && oldest !== undefined) this.experiences.delete(oldest);
	}
}

function workOf(size: TaskSize): number {
	return FIXED_AUDIO_SECONDS + (size.audioSeconds ?? USUAL_AUDIO_SECONDS);
}
