/** The `fmt ` chunk of a WAV file (Microsoft, WAVEFORMATEX and WAVEFORMATEXTENSIBLE). */
export interface WavFormat {
	/** What the samples are encoded with: 1 for PCM, 0x55 for MP3 and others. */
	tag: number;
	channels: number;
	sampleRateHz: number;
	/** Bytes per second, as the writer calculated them; browsers write a wrong value. */
	byteRate: number;
	/**
	 * Bytes that belong together: one sample of each channel, or a block of compressed ones. Browsers
	 * write a wrong value for uncompressed ones.
	 */
	blockBytes: number;
	bitsPerSample: number;
	/** Samples of each channel in a block, if the format says so. */
	samplesPerBlock: number | undefined;
}

export const WAV_TAG = {
	pcm: 0x0001,
	msAdpcm: 0x0002,
	float: 0x0003,
	aLaw: 0x0006,
	muLaw: 0x0007,
	imaAdpcm: 0x0011,
	gsm: 0x0031,
	mp3: 0x0055,
	extensible: 0xfffe,
} as const;

const BASIC_BYTES = 16;
/** The first field after the basic ones and the size of the extension. */
const EXTRA_OFFSET = 18;
/** The real tag of an extensible format is the beginning of a GUID. */
const SUBFORMAT_OFFSET = 24;

/** Reads the content of a `fmt ` chunk; `undefined` if it is too short. */
export function readWavFormat(content: Buffer): WavFormat | undefined {
	if (content.length < BASIC_BYTES) return undefined;
	const tag = content.readUInt16LE(0);
	const isExtensible = tag === WAV_TAG.extensible && content.length >= SUBFORMAT_OFFSET + 2;
	const hasExtra = content.length >= EXTRA_OFFSET + 2;
	return {
		tag: isExtensible ? content.readUInt16LE(SUBFORMAT_OFFSET) : tag,
		channels: content.readUInt16LE(2),
		sampleRateHz: content.readUInt32LE(4),
		byteRate: content.readUInt32LE(8),
		blockBytes: content.readUInt16LE(12),
		bitsPerSample: content.readUInt16LE(14),
		samplesPerBlock: hasExtra ? content.readUInt16LE(EXTRA_OFFSET) : undefined,
	};
}

/** Samples of each channel in `bytes` of sound; `undefined` if the format does not say. */
export function samplesIn(format: WavFormat, bytes: number): number | undefined {
	switch (format.tag) {
		case WAV_TAG.pcm:
		case WAV_TAG.float:
		case WAV_TAG.aLaw:
		case WAV_TAG.muLaw: {
			const frameBytes = pcmFrameBytes(format);
			return frameBytes > 0 ? Math.floor(bytes / frameBytes) : undefined;
		}
		case WAV_TAG.msAdpcm:
			// Each channel has seven bytes of state with two samples in them, then four bits per sample.
			return adpcmSamples(format, bytes, { stateBytes: 7, stateSamples: 2 });
		case WAV_TAG.imaAdpcm:
			// Each channel has four bytes of state with one sample in them, then four bits per sample.
			return adpcmSamples(format, bytes, { stateBytes: 4, stateSamples: 1 });
		case WAV_TAG.gsm:
			return blockSamples(format, bytes, format.samplesPerBlock ?? 0);
		default:
			return undefined;
	}
}

/**
 * Bytes of one sample of each channel. The block size is not used, because Recorder.js and its many
 * copies write that of stereo for mono. The exception is 24 bits in blocks of four bytes for each
 * channel: ffmpeg reads those as 24-bit samples stored in 32 bits.
 */
function pcmFrameBytes({ tag, channels, blockBytes, bitsPerSample }: WavFormat): number {
	// Logarithmic samples always have eight bits, whatever the header says.
	if (tag === WAV_TAG.aLaw || tag === WAV_TAG.muLaw) return channels;
	const isStoredIn32Bits = bitsPerSample === 24 && blockBytes === channels * 4;
	return isStoredIn32Bits ? blockBytes : channels * Math.ceil(bitsPerSample / 8);
}

/** The samples of whole blocks and of a shorter one at the end, which some encoders write. */
function adpcmSamples(
	format: WavFormat,
	bytes: number,
	state: { stateBytes: number; stateSamples: number },
): number | undefined {
	const { channels, blockBytes } = format;
	const inBlock = (size: number) => {
		const codes = (size - state.stateBytes * channels) * 2;
		return Math.floor(codes / channels) + state.stateSamples;
	};
	const whole = blockSamples(format, bytes, inBlock(blockBytes));
	const last = bytes % blockBytes;
	const hasLast = last > state.stateBytes * channels;
	return whole === undefined ? undefined : whole + (hasLast ? inBlock(last) : 0);
}

function blockSamples(
	{ blockBytes }: WavFormat,
	bytes: number,
	samplesPerBlock: number,
): number | undefined {
	if (blockBytes === 0 || !(samplesPerBlock > 0)) return undefined;
	const whole = Math.floor(bytes / blockBytes);
	return whole * samplesPerBlock;
}
