import type { SimulatorOptions } from './options';
import type { Refusal } from './refusal';

const TIME_KEYS = new Set(['created_at', 'updated_at', 'create_time', 'update_time']);

/** An ID as JSON text; the simulator's IDs have 19 digits, more than a number can hold. */
const ID = /"(task_id|id)":"(\d+)"/g;

/** Writes a response or a callback as JSON, as the simulated gateway does. */
export function writeJson(body: unknown, options: SimulatorOptions): string {
	const json = JSON.stringify(body, (key, value: unknown) =>
		TIME_KEYS.has(key) && typeof value === 'number' ? inUnit(value, options.timeUnit) : value,
	);
	const written = options.numericIds ? json.replace(ID, '"$1":$2') : json;
	return options.byteOrderMark ? `\uFEFF${written}` : written;
}

function inUnit(milliseconds: number, unit: SimulatorOptions['timeUnit']): number | string {
	switch (unit) {
		case 'seconds':
			return Math.floor(milliseconds / 1000);
		case 'text':
			return String(milliseconds);
		case 'iso':
			return new Date(milliseconds).toISOString();
		default:
			return milliseconds;
	}
}

/** How a gateway returns a rejection by Kling: its own error with Kling's body in the text. */
export function wrapRefusal(refusal: Refusal): { status: number; body: unknown } {
	const message = JSON.stringify(refusal.body);
	return { status: 500, body: { code: 'fail_to_fetch_task', message, data: null } };
}
