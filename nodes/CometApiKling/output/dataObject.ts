import type { GenericValue, IDataObject } from 'n8n-workflow';

import { isRecord, type JsonRecord } from '../kling/json';

/** The API's tasks have six levels; n8n and its database fail at a few thousand. */
const MAX_LEVELS = 100;

/** Converts JSON to n8n's type. Values that are not JSON or nested too deeply become null. */
export function toDataObject(record: JsonRecord, levelsLeft = MAX_LEVELS): IDataObject {
	return Object.fromEntries(
		Object.entries(record).map(([key, value]) => [key, toDataValue(value, levelsLeft - 1)]),
	);
}

function toDataValue(
	value: unknown,
	levelsLeft: number,
): IDataObject | GenericValue | GenericValue[] | IDataObject[] {
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
		return value;
	if (levelsLeft <= 0) return null;
	if (Array.isArray(value)) return value.map((element) => toDataValue(element, levelsLeft - 1));
	return isRecord(value) ? toDataObject(value, levelsLeft) : null;
}
