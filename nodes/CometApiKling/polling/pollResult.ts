/** The result of one poll. */
export type PollResult<Task, Reason> =
	| { kind: 'running'; status: string; statusIsKnown: boolean }
	| { kind: 'ended'; status: string; task: Task }
	/** The response does not contain the task, and another poll can help. */
	| { kind: 'transient'; label: string; retryAfterMs?: number }
	/** The service does not know the task (yet). */
	| { kind: 'notFound'; label: string; reason: Reason }
	/** No further poll can help. */
	| { kind: 'permanent'; label: string; reason: Reason };

/**
 * Polls the task once. It should stop by itself after `timeoutMs`, but the wait does not depend on
 * it. A poll that throws counts as a transient failure.
 */
export type PollTask<Task, Reason> = (timeoutMs: number) => Promise<PollResult<Task, Reason>>;

/** How a wait ended. */
export type WaitOutcome<Task, Reason> =
	| { kind: 'ended'; task: Task }
	/** A poll showed that further polls are pointless. */
	| { kind: 'stopped'; reason: Reason; statusSummary: string }
	/** The task was still running at the deadline. */
	| { kind: 'unfinished'; elapsedMs: number; statusSummary: string; unknownStatuses: string[] }
	/** At the deadline, the task had not been readable for a while. */
	| { kind: 'unreadable'; unreadableMs: number; lastResponse: string; statusSummary: string }
	| { kind: 'canceled'; statusSummary: string };
