import type { LimitFunction } from 'p-limit';

import type { ForecastStore } from '../polling/forecastStore';
import type { Ledger } from './ledger';
import type { KlingService } from '../kling/service';
import type { Clock } from '../polling/clock';
import type { Pacer } from '../polling/pacer';
import type { Slots } from '../polling/slots';

/** What all items of one run of the node share. */
export interface Run {
	service: KlingService;
	clock: Clock;
	/** Aborts when the user cancels the execution, or when another item has ended the run. */
	signal: AbortSignal;
	slots: Slots;
	pacer: Pacer;
	ledger: Ledger;
	/** How many creates may be on their way at the same time. */
	creates: LimitFunction;
	/** How many requests with large media may be on their way at the same time. */
	uploads: LimitFunction;
	/** How many files may be downloaded at the same time. */
	downloads: LimitFunction;
	forecasts: ForecastStore;
	/** The latest task of each item, by its index: what an error has to name. */
	tasks: Map<number, string>;
	/** A new external id for an item's step, unique over executions and machines. */
	newExternalId(itemIndex: number): string;
	/** Writes a line to n8n's log, at info level. */
	log(message: string, details: Record<string, string | number>): void;
}
