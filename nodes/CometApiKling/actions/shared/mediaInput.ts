import { createHash } from 'crypto';

import type { WrappedPcm, wrapRawPcm } from '../../media/audio/rawPcm';
import { checkBase64 } from '../../media/base64';
import { formatMegabytes, type ValidationResult } from '../../media/validationResult';
import { invalidParameter } from '../invalidParameter';
import type { ParameterReader } from '../parameterReader';
import { findInputFile, readInputFile } from './inputFile';

/** A media input that passed the checks; it is read again when it is about to be sent. */
export interface MediaInput<Facts> {
	/** Identifies the content: the same bytes or the same URL give the same fingerprint. */
	fingerprint: string;
	/** What the check found in the bytes. Left out for a URL, or if the check is off. */
	facts?: Facts;
	/** Problems that are still possible, in full sentences. */
	hint?: string;
	/** How many bytes are sent with the request; 0 for a URL. */
	bytes: number;
	/** The link, if it is one. */
	url?: string;
	/** The URL, or the bytes. */
	load: () => Promise<string | Uint8Array>;
}

/** Checks the content of a file. */
type Check<Facts> = (bytes: Uint8Array) => ValidationResult<Facts>;

/**
 * Reads a file from a binary field of the item. It is read once for the check and then released.
 *
 * @throws UserError that names the parameter
 */
export async function binaryInput<Facts>(
	parameters: ParameterReader,
	name: string,
	label: string,
	limits: {
		maxBytes: number;
		check?: Check<Facts>;
		convert?: typeof wrapRawPcm;
	},
): Promise<MediaInput<Facts>> {
	const file = findInputFile(parameters, name, label);
	// n8n knows the size of stored files, so it need not read 2 GB to reject a file.
	if (typeof file.bytes === 'number' && file.bytes > limits.maxBytes && limits.check) {
		throw invalidParameter(
			label,
			`contains a file of ${formatMegabytes(file.bytes)}, which is too large`,
			`Use a file of at most ${formatMegabytes(limits.maxBytes)}.`,
		);
	}
	const read = async (): Promise<WrappedPcm> => {
		const bytes = await readInputFile(parameters, file, label);
		return limits.convert?.(bytes, file.mimeType) ?? { bytes };
	};
	const { bytes, hint } = await read();
	const load = async () => (await read()).bytes;
	return withHint(fromBytes(bytes, load, label, limits.check), hint);
}

/**
 * Reads a file from base64 text; a `data:` prefix is removed, since the API does not accept one
 * (docs/maintainers/service-notes.md#create-an-avatar-task).
 *
 * @throws UserError that names the parameter
 */
export async function base64Input<Facts>(
	parameters: ParameterReader,
	name: string,
	label: string,
	limits: { check?: Check<Facts>; convert?: typeof wrapRawPcm },
): Promise<MediaInput<Facts>> {
	const read = (): WrappedPcm => {
		const result = checkBase64(parameters.text(name, label));
		if (!result.ok)
			throw invalidParameter(label, 'is not valid base64', `${result.problem} ${result.advice}`);
		const bytes = Buffer.from(result.base64, 'base64');
		return limits.convert?.(bytes, result.mimeType) ?? { bytes };
	};
	const { bytes, hint } = read();
	const load = async () => await Promise.resolve(read().bytes);
	return withHint(fromBytes(bytes, load, label, limits.check), hint);
}

/** Adds what had to be assumed about a file before the hint of its check. */
function withHint<Facts>(input: MediaInput<Facts>, hint: string | undefined): MediaInput<Facts> {
	const hints = [hint, input.hint].filter((text) => text !== undefined);
	return hints.length === 0 ? input : { ...input, hint: hints.join(' ') };
}

function fromBytes<Facts>(
	bytes: Uint8Array,
	load: () => Promise<Uint8Array>,
	label: string,
	check?: Check<Facts>,
): MediaInput<Facts> {
	const fingerprint = `bytes:${createHash('sha256').update(bytes).digest('hex')}`;
	const input = { fingerprint, bytes: bytes.length, load };
	if (!check) return input;
	const result = check(bytes);
	if (!result.ok) throw invalidParameter(label, `cannot be used: ${result.problem}`, result.advice);
	const { facts, hint } = result;
	return { ...input, facts, ...(hint !== undefined && { hint }) };
}
