import { createHash } from 'crypto';

import { checkBase64 } from '../../media/base64';
import type { ValidationResult } from '../../media/validationResult';
import { invalidParameter, type ParameterReader } from '../parameterReader';
import { findInputFile, readInputFile } from './inputFile';

/** A media input that was found good; it is read again when its turn to be sent comes. */
export interface MediaInput<Facts> {
	/** Names the content: the same bytes or the same URL give the same text. */
	fingerprint: string;
	/** What the check found in the bytes. Left out for a URL, or if the check is off. */
	facts?: Facts;
	/** What may go wrong with it all the same, in full sentences. */
	hint?: string;
	/** How many bytes are sent with the request; 0 for a URL. */
	bytes: number;
	/** The link, if it is one. */
	url?: string;
	/** The URL, or the bytes. */
	load: () => Promise<string | Uint8Array>;
}

/** A file after its conversion. */
export interface ConvertedFile {
	bytes: Uint8Array;
	/** What had to be assumed, in full sentences. */
	hint?: string;
}

/**
 * A file out of a binary field of the item. It is read once for the check and then let go.
 *
 * @throws UserError that names the parameter
 */
export async function binaryInput<Facts>(
	parameters: ParameterReader,
	name: string,
	label: string,
	limits: {
		maxBytes: number;
		check?: (bytes: Uint8Array) => ValidationResult<Facts> | Promise<ValidationResult<Facts>>;
		/** Turns files of some MIME types into others that Kling accepts. */
		convert?: (bytes: Uint8Array, mimeType: string) => ConvertedFile | undefined;
	},
): Promise<MediaInput<Facts>> {
	const file = findInputFile(parameters, name, label);
	// n8n knows the size of stored files, so that one of 2 GB is not read to find it too large.
	if (typeof file.bytes === 'number' && file.bytes > limits.maxBytes && limits.check) {
		throw invalidParameter(
			label,
			`contains a file of ${megabytes(file.bytes)} MB, which is too large`,
			`Use a file of at most ${megabytes(limits.maxBytes)} MB.`,
		);
	}
	const read = async (): Promise<ConvertedFile> => {
		const bytes = await readInputFile(parameters, file, label);
		return limits.convert?.(bytes, file.mimeType) ?? { bytes };
	};
	const { bytes, hint } = await read();
	const input = await fromBytes(bytes, async () => (await read()).bytes, label, limits.check);
	const hints = [hint, input.hint].filter((text) => text !== undefined);
	return hints.length === 0 ? input : { ...input, hint: hints.join(' ') };
}

/**
 * A file as base64 text; a `data:` prefix is taken off, since the API wants none
 * (docs/maintainers/service-notes.md#create-an-avatar-task).
 *
 * @throws UserError that names the parameter
 */
export async function base64Input<Facts>(
	parameters: ParameterReader,
	name: string,
	label: string,
	limits: {
		check?: (bytes: Uint8Array) => ValidationResult<Facts> | Promise<ValidationResult<Facts>>;
	},
): Promise<MediaInput<Facts>> {
	const load = async () => {
		const result = checkBase64(parameters.text(name, label));
		if (!result.ok)
			throw invalidParameter(label, 'is not valid base64', `${result.problem} ${result.advice}`);
		return Buffer.from(result.base64, 'base64');
	};
	return await fromBytes(await load(), load, label, limits.check);
}

async function fromBytes<Facts>(
	bytes: Uint8Array,
	load: () => Promise<Uint8Array>,
	label: string,
	check:
		| ((bytes: Uint8Array) => ValidationResult<Facts> | Promise<ValidationResult<Facts>>)
		| undefined,
): Promise<MediaInput<Facts>> {
	const fingerprint = `bytes:${createHash('sha256').update(bytes).digest('hex')}`;
	const input = { fingerprint, bytes: bytes.length, load };
	if (!check) return input;
	const result = await check(bytes);
	if (!result.ok) throw invalidParameter(label, `cannot be used: ${result.problem}`, result.advice);
	const { facts, hint } = result;
	return { ...input, facts, ...(hint !== undefined && { hint }) };
}

function megabytes(bytes: number): number {
	return Math.round((bytes / (1024 * 1024)) * 10) / 10;
}
