import type { LimitFunction } from 'p-limit';

import type { DownloadRun } from '../output/delivery';
import type { LearningPoller } from '../polling/pollTask';
import type { AudioLimit } from './audioLimit';
import type { Costs } from './costs';
import type { Ledger } from './ledger/ledger';
import type { TestRun } from './ledger/testedTasks';
import type { ByteBudget } from '../polling/limits/byteBudget';
import type { Slots } from '../polling/limits/slots';

/** What all items of one run of the node share. */
export interface Run extends LearningPoller, DownloadRun {
	/** Aborts when the user cancels the execution, or when another item has ended the run. */
	signal: AbortSignal;
	/** Ends the run for all items because of one, unless failed items are to be output. */
	fail(itemIndex: number): void;
	/** The item that ended the run. */
	failedItem(): number | undefined;
	slots: Slots;
	ledger: Ledger;
	/** How many create requests may be in flight at the same time. */
	creates: LimitFunction;
	/** How many bytes all create requests in flight may hold together. */
	uploads: ByteBudget;
	/** The limit from *Max Total Seconds*, if it is set. */
	audioLimit?: AudioLimit;
	/** Counts what was created, to tell the user. */
	costs: Costs;
	/** The tasks that manual executions can reuse; left out in all others. */
	tests?: TestRun;
	/** Called with the external ID of each create request that is about to be sent. */
	onSend?(externalTaskId: string): void;
	/** Generates an external ID for a task, unique across executions and machines. */
	newExternalId(itemIndex: number): string;
	/** Writes a line to n8n's log, at info level. */
	log(message: string, details: Record<string, string | number>): void;
}
