import type { IBinaryData } from 'n8n-workflow';

import { isRecord } from '../../kling/json';
import { redact } from '../../kling/errors/redact';
import type { UserError } from '../../kling/errors/userError';
import { invalidParameter } from '../invalidParameter';
import type { ParameterReader } from '../parameterReader';
import { kindOfValue } from '../parameterValues';

/**
 * Finds the file that a parameter names, in each form that n8n's own nodes accept: the name of a
 * binary field, a file from an expression (`{{ $('Read').item.binary.voice }}`), or, with the
 * workflow setting *binaryMode: combined*, a path such as `_files.voice` or `files[0]`.
 *
 * @throws UserError that names the parameter
 */
export function findInputFile(
	parameters: ParameterReader,
	name: string,
	label: string,
): IBinaryData {
	const value = parameters.value(name, label);
	if (isFile(value)) return value;
	if (typeof value === 'object' && value !== null) throw notOneFile(label, value);
	const field = parameters.requiredText(name, label, 'data');
	const item = parameters.context.getInputData()[parameters.itemIndex];
	const file = ownValue(item?.binary, field) ?? valueAt(item?.json, field);
	if (isFile(file)) return file;
	const fields = Object.keys(item?.binary ?? {});
	const found =
		fields.length === 0
			? 'This item has no binary fields. Some nodes, such as Edit Fields, remove them.'
			: `Binary fields of this item: ${fields.join(', ')}.`;
	throw invalidParameter(
		label,
		`refers to the field "${redact(field)}", which does not contain a file`,
		`${found} Enter the name of the field that contains the file.`,
	);
}

/** n8n's `$binary.voice`, for example, is an object without the content of the file. */
function notOneFile(label: string, value: object): UserError {
	return invalidParameter(
		label,
		'does not refer to a single file',
		`The expression returns ${kindOfValue(value)}. Enter the name of the binary field, for example voice, or use {{ $('Node Name').item.binary.voice }}.`,
	);
}

/**
 * Reads the content of an item's file.
 *
 * @throws UserError that names the parameter if n8n no longer has the file
 */
export async function readInputFile(
	parameters: ParameterReader,
	file: IBinaryData,
	label: string,
): Promise<Buffer> {
	const { helpers } = parameters.context;
	try {
		return file.id === undefined
			? Buffer.from(file.data, 'base64')
			: await helpers.binaryToBuffer(await helpers.getBinaryStream(file.id));
	} catch {
		throw invalidParameter(
			label,
			`refers to the file "${redact(file.fileName ?? 'unnamed')}", which n8n can no longer read`,
			'Run the node that outputs the file again. n8n deletes stored files together with their execution.',
		);
	}
}

/** n8n keeps small files as base64 in `data`, and stores others under an `id`. */
function isFile(value: unknown): value is IBinaryData {
	return (
		isRecord(value) &&
		typeof value.mimeType === 'string' &&
		(typeof value.data === 'string' || typeof value.id === 'string')
	);
}

/** Every object inherits names such as `constructor`, but they are not fields of the item. */
function ownValue(container: unknown, key: string): unknown {
	return typeof container === 'object' && container !== null && Object.hasOwn(container, key)
		? Reflect.get(container, key)
		: undefined;
}

/** The value at a path. A whole key such as `a.b` comes first, as in lodash, which n8n uses. */
function valueAt(json: unknown, path: string): unknown {
	return ownValue(json, path) ?? keysOf(path).reduce(ownValue, json);
}

/**
 * A key of a path: a name, an index or a quoted name in brackets, or an empty key between two dots.
 */
const KEY =
	/(?<name>[^.[\]]+)|\[(?:(?<index>\d+)|(?<quote>["'])(?<quoted>.*?)\k<quote>)\]|(?=\.(?:\.|$))/g;

function keysOf(path: string): string[] {
	const keys = [...path.matchAll(KEY)].map(
		({ groups }) => groups?.name ?? groups?.index ?? groups?.quoted ?? '',
	);
	return path.startsWith('.') ? ['', ...keys] : keys;
}
