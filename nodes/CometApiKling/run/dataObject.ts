import type { GenericValue, IDataObject } from 'n8n-workflow';

import { isRecord, type JsonRecord } from '../kling/json';

/** The same JSON under n8n's type for it; anything that JSON cannot hold is left out. */
export function toDataObject(record: JsonRecord): IDataObject {
	const object: IDataObject = {};
	for (const [key, value] of Object.entries(record)) object[key] = toDataValue(value);
	return object;
}

function toDataValue(value: unknown): IDataObject | GenericValue | GenericValue[] | IDataObject[] {
	if (Array.isArray(value)) return value.map((element) => toDataValue(element));
	if (isRecord(value)) return toDataObject(value);
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
		return value;
	return null;
}
