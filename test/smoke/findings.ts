/**
 * Questions that only a live key can answer (docs/maintainers/service-notes.md#open-points), as the
 * report words them.
 */
const OPEN_POINTS = {
	badKey: 'Response of `/v1/models` to an invalid key',
	speechShape: 'Shape of the speech response',
	prompt: 'Whether a prompt is required',
	queryPath: 'Query path of avatar tasks',
	lookUp: 'Lookup by `external_task_id`',
	duplicate: 'Whether a repeated `external_task_id` is rejected',
	price: 'Exact price',
	audioLimit: 'Actual audio limit',
} as const;

export type OpenPoint = keyof typeof OPEN_POINTS;

const NOT_REACHED = 'Not checked: the run ended earlier.';

/** The findings of a smoke run so far. */
export class Findings {
	private readonly byPoint = new Map<OpenPoint, string>([
		['audioLimit', 'Not checked: it would cost minutes of video.'],
	]);

	/** Shapes of the responses in the order of arrival: names and types, without values. */
	readonly shapes: Array<{ title: string; shape: unknown }> = [];

	/** Why the run ended early, if it did. */
	stoppedBy?: string;

	/** How many tasks were created, each of which costs money. */
	paidTasks = 0;

	note(point: OpenPoint, finding: string): void {
		this.byPoint.set(point, finding);
	}

	/** Every open point with its finding, in the order of the run. */
	lines(): Array<{ point: string; finding: string }> {
		return Object.entries(OPEN_POINTS).map(([name, point]) => ({
			point,
			finding: this.of(name) ?? NOT_REACHED,
		}));
	}

	private of(name: string): string | undefined {
		return [...this.byPoint].find(([point]) => point === name)?.[1];
	}
}

/** Ends a smoke run early; its message goes into the report. */
export class SmokeStop extends Error {}
