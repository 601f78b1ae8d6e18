import { kindOf } from '../kind';
import { guessPcmByteOrder } from './pcmGuess';
import { readPcmType, type ByteOrder } from './pcmType';
import { readAudio } from './readAudio';

/** A WAV file made from raw PCM. */
export interface WrappedPcm {
	/** The WAV file. */
	bytes: Uint8Array;
	/** What had to be assumed, in full sentences. */
	hint?: string;
}

const DEFAULT_RATE_HZ = 24_000;

const BITS_PER_SAMPLE = 16;
const HEADER_BYTES = 44;
const PCM_FORMAT_TAG = 1;
const FORMAT_CHUNK_BYTES = 16;

/** Only two bytes mark these kinds, and samples may look like them. */
const WEAKLY_MARKED = ['mp3', 'mp2', 'aac', 'bmp'];

/**
 * Puts a WAV header before raw 16-bit PCM, as speech APIs return it. The sample rate and the
 * channels are those of the MIME type. The byte order is that of the bytes if they show it:
 * RFC 2586 says big endian for `audio/L16`, but Gemini, OpenAI and ElevenLabs send little endian.
 *
 * @returns `undefined` if the MIME type does not say 16-bit PCM, or if the bytes are a file of a
 * known kind
 */
export function wrapRawPcm(bytes: Uint8Array, mimeType: string): WrappedPcm | undefined {
	const type = readPcmType(mimeType);
	if (!type || !isHeaderless(bytes)) return undefined;
	const { rateHz, channels } = type;
	const order = guessPcmByteOrder(bytes) ?? type.byteOrder ?? 'le';
	return {
		bytes: withHeader(bytes, rateHz ?? DEFAULT_RATE_HZ, channels, order),
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

/** A WAV file; an incomplete sample at the end is left out. */
function withHeader(
	bytes: Uint8Array,
	rateHz: number,
	channels: number,
	order: ByteOrder,
): Uint8Array {
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
	const samples = Buffer.from(bytes.subarray(0, dataBytes));
	return Buffer.concat([header, order === 'be' ? samples.swap16() : samples]);
}
