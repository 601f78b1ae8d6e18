/** What a MIME type says about raw 16-bit PCM. */
interface PcmType {
	/** Left out if the MIME type contains no sample rate. */
	rateHz?: number;
	channels: number;
	/** Left out if the MIME type does not say. */
	byteOrder?: ByteOrder;
}

export type ByteOrder = 'le' | 'be';

/** MIME types of 16-bit PCM. */
const PCM_TYPES = /^audio\/(x-)?(l16|pcm|raw|pcm_?16|(pcm_?)?s16(?<order>le|be)|lpcm|linear16)$/;

/** From the lowest telephone rate to the highest studio rate. */
const RATES_HZ = { min: 4_000, max: 192_000 };
const SAMPLE_BYTES = 2;
const CHANNELS = { min: 1, max: 8 };

/** Names of parameters without their punctuation; every service has its own spelling. */
const RATE_NAME = /^(sampl(e|ing))?(rate|frequency)(hz|hertz)?$/;
const CHANNELS_NAME = /^(num|n)?(of)?ch(annels?)?(count)?$/;
const BYTE_ORDER_NAME = /endian|byteorder/;
const ENCODING_NAME = /encoding|codec|format|bits|^bit$|depth|samplesize|sign/;
const SAMPLE_BYTES_NAME = /samplewidth/;

/** Encodings without their punctuation: those of 16-bit linear PCM, in either byte order. */
const LINEAR_16 = /^(raw|l|linear|signed|int|integer|pcm|s|16(bit)?|true)*(?<order>le|be)?$/;
/** The number of PCM in WAV files. */
const WAV_TAG_PCM = '1';
const BIG = /^(big|be$|network)/;
const LITTLE = /^(little|le$)/;

/** `24000`, `24000.0`, `24000 Hz`, `44.1k` and `16 kHz`. */
const RATE = /^(?<value>\d{1,9}(\.\d{1,9})?) *(?<kilo>k)?(hz)?$/;

/**
 * Reads the MIME type of raw PCM, for example `audio/L16;codec=pcm;rate=24000`.
 *
 * @returns `undefined` if the type is not 16-bit PCM, or if it has a parameter that changes the
 * sound but cannot be understood: a wrong guess gives noise that is charged
 */
export function readPcmType(mimeType: string): PcmType | undefined {
	// Some services separate parameters with commas, which the standard does not provide for.
	const [type = '', ...parts] = mimeType.toLowerCase().split(/[;,]/);
	const main = PCM_TYPES.exec(type.trim());
	if (!main) return undefined;
	const found: PcmType = { channels: CHANNELS.min, ...withOrder(main.groups?.order) };
	for (const [name, value] of parts.map(toParameter)) {
		if (value === '') continue;
		const read = readParameter(name, value);
		if (!read) return undefined;
		Object.assign(found, read);
	}
	return found;
}

/** The name without its punctuation, and the value without quotes and without GStreamer's type. */
function toParameter(part: string): [name: string, value: string] {
	const [name = '', value = ''] = part.split('=');
	const bare = value.trim().replace(/^"(.*)"$/, '$1');
	return [withoutPunctuation(name), bare.replace(/^\([a-z]*\)/, '')];
}

/** `undefined` if the parameter changes the sound but cannot be understood. */
function readParameter(name: string, value: string): Partial<PcmType> | undefined {
	if (RATE_NAME.test(name)) {
		const rateHz = within(toHertz(value), RATES_HZ);
		return rateHz === undefined ? undefined : { rateHz };
	}
	if (CHANNELS_NAME.test(name)) {
		const count = { mono: 1, stereo: 2 }[value] ?? Number(value);
		const channels = within(count, CHANNELS);
		return channels === undefined ? undefined : { channels };
	}
	if (BYTE_ORDER_NAME.test(name)) {
		if (BIG.test(value)) return { byteOrder: 'be' };
		return LITTLE.test(value) ? { byteOrder: 'le' } : undefined;
	}
	if (SAMPLE_BYTES_NAME.test(name)) return Number(value) === SAMPLE_BYTES ? {} : undefined;
	if (!ENCODING_NAME.test(name) || value === WAV_TAG_PCM) return {};
	const encoding = LINEAR_16.exec(withoutPunctuation(value));
	return encoding ? withOrder(encoding.groups?.order) : undefined;
}

function withOrder(order: string | undefined): Pick<PcmType, 'byteOrder'> {
	return order === 'be' || order === 'le' ? { byteOrder: order } : {};
}

function toHertz(text: string): number {
	const { value, kilo } = RATE.exec(text)?.groups ?? {};
	return Math.round(Number(value) * (kilo ? 1000 : 1));
}

/** Not a number is not within any limits. */
function within(value: number, limits: { min: number; max: number }): number | undefined {
	return Number.isInteger(value) && value >= limits.min && value <= limits.max ? value : undefined;
}

function withoutPunctuation(text: string): string {
	return text.replace(/[^a-z0-9]/g, '');
}
