import type { Job } from '../actions/job';
import { numberOf } from '../kling/json';
import type { EndedTask } from '../output/delivery';

/** Counts what a run of the node created, for the hint after a manual execution. */
export class Costs {
	private videos = 0;
	private seconds = 0;
	private units = 0;

	/** Counts the tasks of an item; those reused from earlier tests cost nothing. */
	add(job: Job, ended: EndedTask[]): void {
		if (job.kind === 'task') return;
		for (const { task, reused } of ended) {
			if (reused || task.state !== 'succeeded') continue;
			if (job.kind === 'avatar') this.videos++;
			this.seconds += task.videos[0]?.durationSeconds ?? 0;
			this.units += numberOf(task.raw.final_unit_deduction) ?? 0;
		}
	}

	/** A sentence or two; `undefined` if nothing was created. */
	toString(): string | undefined {
		if (this.videos === 0) return undefined;
		const seconds = `${round(this.seconds)} seconds`;
		const videos =
			this.videos === 1
				? `1 video of ${seconds}`
				: `${this.videos} videos with a total length of ${seconds}`;
		const units =
			this.units === 0
				? ''
				: ` Kling counted ${round(this.units)} units. This is not the amount on your bill.`;
		return `This execution created ${videos}.${units}`;
	}
}

function round(number: number): number {
	return Math.round(number * 100) / 100;
}
