import { kindOf } from '../kind';
import { readAudio } from './readAudio';

/** A WAV file made from raw PCM. */
export interface WrappedPcm {
	/** The WAV file. */
	bytes: Uint8Array;
	/** What had to be assumed, in full sentences. */
	hint?: string;
}

/**
 * MIME types of 16-bit PCM. RFC 2586 says big endian for `audio/L16`, but the speech APIs that
 * use it (Gemini, OpenAI, ElevenLabs) send little endian.
 */
const PCM_TYPES = /^audio\/(x-)?(l16|pcm|raw|pcm_?16|pcm_?s16le|s16le|lpcm|linear16)$/;

const DEFAULT_RATE_HZ = 24_000;
/** From the lowest telephone rate to the highest studio rate. */
const RATES_HZ = { min: 4_000, max: 192_000 };
const MAX_CHANNELS = 8;

const BITS_PER_SAMPLE = 16;
const HEADER_BYTES = 44;
const PCM_FORMAT_TAG = 1;
const FORMAT_CHUNK_BYTES = 16;

/** Only two bytes mark these kinds, and samples may look like them. */
const WEAKLY_MARKED = ['mp3', 'mp2', 'aac', 'bmp'];

/**
 * Puts a WAV header before raw PCM (16 bits, little endian), as speech APIs return it. The sample
 * rate and the channels are those of the MIME type, for example `audio/L16;codec=pcm;rate=24000`.
 *
 * @returns `undefined` if the MIME type does not say PCM, or if the bytes are a file of a known
 * kind
 */
export function wrapRawPcm(bytes: Uint8Array, mimeType: string): WrappedPcm | undefined {
	const [type = '', ...parts] = mimeType.toLowerCase().split(';');
	if (!PCM_TYPES.test(type.trim()) || !isHeaderless(bytes)) return undefined;
	const parameters = new Map(parts.map(toParameter));
	const bits = wholeNumber(parameters.get('bits') ?? parameters.get('bitdepth'));
	if (bits !== undefined && bits !== BITS_PER_SAMPLE) return undefined;
	const rateHz = within(parameters.get('rate'), RATES_HZ.min, RATES_HZ.max);
	const channels = within(parameters.get('channels'), 1, MAX_CHANNELS) ?? 1;
	return {
		bytes: withHeader(bytes, rateHz ?? DEFAULT_RATE_HZ, channels),
		...(rateHz === undefined && {
			hint: `The MIME type of the audio contains no sample rate, so ${DEFAULT_RATE_HZ} Hz is used. If the voice is too fast or too slow, add the rate to the MIME type, for example audio/L16;rate=16000.`,
		}),
	};
}

/**
 * Whether nothing in the bytes, neither their start nor their frames, shows that they are a file.
 */
function isHeaderless(bytes: Uint8Array): boolean {
	if (bytes.length === 0) return false;
	const kind = kindOf(bytes);
	if (kind && !WEAKLY_MARKED.includes(kind.extension)) return false;
	const hasTag = Buffer.from(bytes.subarray(0, 3)).toString('latin1') === 'ID3';
	return !hasTag && !('seconds' in readAudio(bytes));
}

function toParameter(part: string): [name: string, value: string] {
	const [name = '', value = ''] = part.split('=');
	return [name.trim(), value.trim().replace(/^"(.*)"$/, '$1')];
}

function wholeNumber(text: string | undefined): number | undefined {
	return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function within(text: string | undefined, min: number, max: number): number | undefined {
	const value = wholeNumber(text);
	return value !== undefined && value >= min && value <= max ? value : undefined;
}

/** An incomplete sample at the end is left out. */
function withHeader(bytes: Uint8Array, rateHz: number, channels: number): Uint8Array {
	const blockBytes = (channels * BITS_PER_SAMPLE) / 8;
	const dataBytes = bytes.length - (bytes.length % blockBytes);
	const header = Buffer.alloc(HEADER_BYTES);
	header.write('RIFF', 0, 'latin1');
	header.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
	header.write('WAVEfmt ', 8, 'latin1');
	header.writeUInt32LE(FORMAT_CHUNK_BYTES, 16);
	header.writeUInt16LE(PCM_FORMAT_TAG, 20);
	header.writeUInt16LE(channels, 22);
	header.writeUInt32LE(rateHz, 24);
	header.writeUInt32LE(rateHz * blockBytes, 28);
	header.writeUInt16LE(blockBytes, 32);
	header.writeUInt16LE(BITS_PER_SAMPLE, 34);
	header.write('data', 36, 'latin1');
	header.writeUInt32LE(dataBytes, 40);
	return Buffer.concat([header, bytes.subarray(0, dataBytes)]);
}
