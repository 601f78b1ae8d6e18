import type { Job } from '../actions/job';
import type { Result } from '../actions/result';
import { AudioLimit } from '../purchase/audioLimit';
import { audioSeconds } from './dryRun';

/**
 * The limit from *Max Total Seconds*, if an item sets it. The lowest one applies to all items, and
 * a dry run is subject to it, too.
 */
export function audioLimitOf(jobs: Job[]): AudioLimit | undefined {
	const paidJobs = jobs.flatMap((job) => (job.kind === 'task' ? [] : job));
	const limits = paidJobs.flatMap(({ maxTotalSeconds }) => maxTotalSeconds ?? []);
	if (limits.length === 0) return undefined;
	const items = paidJobs.map((job) => ({ itemIndex: job.itemIndex, ...audioSeconds(job) }));
	const open = paidJobs.filter(({ kind, dryRun }) => kind === 'avatar' && !dryRun);
	const openItems = open.map(({ itemIndex }) => itemIndex);
	return new AudioLimit(Math.min(...limits), items, openItems);
}

/** If the total audio exceeds the limit, every item that costs money fails with the same error. */
export function failOverLimit(
	limit: AudioLimit | undefined,
	items: Array<Result<Job>>,
): Array<Result<Job>> {
	try {
		limit?.check('Nothing was sent, and nothing was charged.');
		return items;
	} catch (thrown) {
		return items.map((item) =>
			item.ok && item.value.kind !== 'task' ? { ok: false, thrown } : item,
		);
	}
}
