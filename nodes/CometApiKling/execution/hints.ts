import type { IExecuteFunctions } from 'n8n-workflow';

import type { Job, Result } from '../actions/job';
import type { Run } from '../purchase/run';

/** Versions of n8n before 2.38 do not collapse groups, so at most this many hints are shown. */
const MAX_ITEM_HINTS = 5;

/** Shows warnings about the items as one group. Older versions of n8n do not support hints. */
export function showInputHints(context: IExecuteFunctions, checked: Array<Result<Job>>): void {
	const messages = checked.flatMap((item) =>
		item.ok && item.value.hint !== undefined
			? [`Item ${item.value.itemIndex}: ${item.value.hint}`]
			: [],
	);
	const count = messages.length;
	const shown = messages.slice(0, MAX_ITEM_HINTS);
	const hidden = count - shown.length;
	if (hidden > 0) shown.push(`${hidden} more item${hidden === 1 ? '' : 's'} may cause problems.`);
	const group = { key: 'items', summary: `${count} items may cause problems` };
	for (const message of shown) {
		context.addExecutionHints?.({ message, type: 'warning', ...(count > 1 && { group }) });
	}
}

/** Shows what a manual execution cost and reused, or that it was a dry run. */
export function showResultHints(context: IExecuteFunctions, run: Run, jobs: Job[]): void {
	const dryRuns = jobs.filter((job) => job.kind !== 'task' && job.dryRun).length;
	if (dryRuns > 0) {
		context.addExecutionHints?.({
			message:
				"Dry run: nothing was sent and nothing was charged. Files are placeholders. Remove the option 'Dry Run' to create the real ones.",
		});
	}
	if (context.getMode() !== 'manual') return;
	const cost = run.costs.toString();
	if (cost !== undefined) context.addExecutionHints?.({ message: cost });
	const reused = reuseHint(run);
	if (reused !== undefined) context.addExecutionHints?.({ message: reused });
}

const MINUTE_MS = 60_000;

function reuseHint({ tests, clock }: Run): string | undefined {
	if (!tests || tests.reused.length === 0) return undefined;
	const minutes = Math.max(1, Math.round((clock.now() - Math.min(...tests.reused)) / MINUTE_MS));
	const tasks = tests.reused.length === 1 ? '1 task was' : `${tests.reused.length} tasks were`;
	return `${tasks} reused from tests in the last ${minutes} minute${minutes === 1 ? '' : 's'} instead of being paid for again. To create a new video, change a parameter or turn off the option 'Reuse While Testing'.`;
}
