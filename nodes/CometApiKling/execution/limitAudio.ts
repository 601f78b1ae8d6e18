import type { Job, PaidJob, Result } from '../actions/job';
import { paceOf, type SpeechParameters } from '../actions/shared/speech';
import { AudioLimit } from '../purchase/audioLimit';
import type { Ledger } from '../purchase/ledger/ledger';
import { estimateSpeechSeconds } from '../talk/estimate';

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
	ledger: Ledger,
): Array<Result<Job>> {
	const hasCharges = ledger.charges().size > 0;
	try {
		limit?.check(`Nothing was sent${hasCharges ? '' : ', and nothing was charged'}.`);
		return items;
	} catch (thrown) {
		return items.map((item) =>
			item.ok && item.value.kind !== 'task' ? { ok: false, thrown } : item,
		);
	}
}

/** How long the audio of a job is, in seconds: from its bytes, or estimated from its text. */
export function audioSeconds(job: PaidJob): { seconds?: number; estimated: boolean } {
	if (job.kind === 'speech') return { seconds: spokenSeconds(job.speech), estimated: true };
	switch (job.audio.kind) {
		case 'text':
			return { seconds: spokenSeconds(job.audio.speech), estimated: true };
		case 'file':
			return { seconds: job.audio.file.facts?.seconds, estimated: false };
		case 'audioId':
			return { estimated: false };
	}
}

function spokenSeconds(speech: SpeechParameters): number {
	return estimateSpeechSeconds(speech.text, paceOf(speech));
}
