/** What only a live key can settle (API.md 9), in the words of the report. */
const OPEN_POINTS = {
	badKey: 'What `/v1/models` says to a bad key',
	speechShape: 'Shape of the answer to speech',
	prompt: 'Whether a prompt is demanded',
	queryPath: 'Query path of avatar tasks',
	lookUp: 'PollResult-up by `external_task_id`',
	duplicate: 'Whether a repeated `external_task_id` is refused',
	price: 'Exact price',
	audioLimit: 'The real limit of the audio',
} as const;

export type OpenPoint = keyof typeof OPEN_POINTS;

const NOT_REACHED = 'Not checked: the run ended before.';

/** What a smoke run has found out so far. */
export class Findings {
	private readonly byPoint = new Map<OpenPoint, string>([
		['audioLimit', 'Not checked: it would take minutes of paid video.'],
	]);

	/** Shapes of answers, in the order in which they came: names and types, no values. */
	readonly shapes: Array<{ title: string; shape: unknown }> = [];

	/** Why the run ended early, if it did. */
	stoppedBy?: string;

	/** How many tasks were made, each of which costs money. */
	paidTasks = 0;

	note(point: OpenPoint, finding: string): void {
		this.byPoint.set(point, finding);
	}

	/** Every open point with what was found, in the order of the run. */
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
