import { createHash } from 'crypto';

import { redact } from '../../kling/redact';
import { checkBase64 } from '../../media/base64';
import { invalidParameter, type ParameterReader } from '../parameterReader';
import { findInputFile, readInputFile } from './inputFile';

/** The part of a media check's result that every kind of media shares. */
export type Verdict<Facts> =
	| { ok: true; facts: Facts; hint?: string }
	| { ok: false; problem: string; advice: string };

/** A media input that was found good; it is read again when its turn to be sent comes. */
export interface MediaInput<Facts> {
	/** Names the content: the same bytes or the same URL give the same text. */
	fingerprint: string;
	/** What the bytes told; left out for a URL, and where the check is off. */
	facts?: Facts;
	/** What may go wrong with it all the same, in full sentences. */
	hint?: string;
	/** Whether it is sent with the request, and so large that few like it are to be held at a time. */
	isLarge: boolean;
	/** The URL, or the bytes. */
	load: () => Promise<string | Uint8Array>;
}

/** Eight requests with files of this size hold together what one with the largest holds. */
const LARGE_BYTES = 1024 * 1024;

/** Longer links are not taken by common servers and proxies. */
const MAX_URL_CHARACTERS = 4_000;

/**
 * A public http(s) address, checked by its spelling alone: it is not fetched (SPEC 8).
 *
 * @throws UserError that names the parameter
 */
export function urlInput(
	parameters: ParameterReader,
	name: string,
	label: string,
): MediaInput<never> {
	const url = checkedUrl(
		parameters.requiredText(name, label, 'https://example.com/file'),
		label,
		parameters.validation.apiIsLocal,
	);
	return { fingerprint: `url:${url}`, isLarge: false, load: async () => url };
}

/**
 * See `urlInput`; also used for callback addresses.
 *
 * @param allowLoopback whether the API itself runs on this machine, as the simulator does
 */
export function checkedUrl(text: string, label: string, allowLoopback: boolean): string {
	if (text.startsWith('data:')) {
		throw invalidParameter(
			label,
			'holds a file instead of a link',
			'Choose the source "Base64" for it, or enter a link.',
		);
	}
	if (text.length > MAX_URL_CHARACTERS) {
		throw invalidParameter(
			label,
			`is longer than ${MAX_URL_CHARACTERS} characters`,
			'Use a shorter link.',
		);
	}
	if (!URL.canParse(text)) {
		throw invalidParameter(
			label,
			`is not a URL: "${redact(text.slice(0, 80))}"`,
			'Enter a full link that starts with https://.',
		);
	}
	const url = new URL(text);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		throw invalidParameter(
			label,
			`starts with ${url.protocol}//`,
			'Only links that start with https:// or http:// can be fetched by Kling.',
		);
	}
	if (!allowLoopback && !isPubliclyReachable(url)) {
		throw invalidParameter(
			label,
			`points to ${url.hostname}, which Kling cannot reach`,
			'Use a link that works from the public internet, or pass the file itself as a binary field.',
		);
	}
	return text;
}

/** Whether the service can reach an address: some names and numbers mean something else there. */
export function isPubliclyReachable({ hostname }: URL): boolean {
	return !(
		/^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|0\.|\[::1\]|\[f[cd]|\[fe80)/i.test(
			hostname,
		) || /\.(local|internal|localhost)$/i.test(hostname)
	);
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
		check?: (bytes: Uint8Array) => Verdict<Facts> | Promise<Verdict<Facts>>;
	},
): Promise<MediaInput<Facts>> {
	const file = findInputFile(parameters, name, label);
	// n8n knows the size of stored files, so that one of 2 GB is not read to find it too large.
	if (typeof file.bytes === 'number' && file.bytes > limits.maxBytes && limits.check) {
		throw invalidParameter(
			label,
			`holds a file of ${megabytes(file.bytes)} MB`,
			`Use a file of at most ${megabytes(limits.maxBytes)} MB.`,
		);
	}
	const load = async () => await readInputFile(parameters, file, label);
	return await fromBytes(await load(), load, label, limits.check);
}

/**
 * A file as base64 text; a `data:` prefix is taken off, since the API wants none (API.md 2).
 *
 * @throws UserError that names the parameter
 */
export async function base64Input<Facts>(
	parameters: ParameterReader,
	name: string,
	label: string,
	limits: { check?: (bytes: Uint8Array) => Verdict<Facts> | Promise<Verdict<Facts>> },
): Promise<MediaInput<Facts>> {
	const load = async () => {
		const verdict = checkBase64(parameters.text(name, label));
		if (!verdict.ok)
			throw invalidParameter(label, 'is not base64', `${verdict.problem} ${verdict.advice}`);
		return Buffer.from(verdict.base64, 'base64');
	};
	return await fromBytes(await load(), load, label, limits.check);
}

async function fromBytes<Facts>(
	bytes: Uint8Array,
	load: () => Promise<Uint8Array>,
	label: string,
	check: ((bytes: Uint8Array) => Verdict<Facts> | Promise<Verdict<Facts>>) | undefined,
): Promise<MediaInput<Facts>> {
	const fingerprint = `bytes:${createHash('sha256').update(bytes).digest('hex')}`;
	const isLarge = bytes.length > LARGE_BYTES;
	if (!check) return { fingerprint, isLarge, load };
	const verdict = await check(bytes);
	if (!verdict.ok)
		throw invalidParameter(label, `cannot be used: ${verdict.problem}`, verdict.advice);
	const { facts, hint } = verdict;
	return { fingerprint, facts, ...(hint !== undefined && { hint }), isLarge, load };
}

function megabytes(bytes: number): number {
	return Math.round((bytes / (1024 * 1024)) * 10) / 10;
}
