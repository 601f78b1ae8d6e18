import { parseAudioConfig, type AudioConfig } from '../read/audioConfig';
import { box, fullBox, uint16, uint32 } from './boxWriter';
import type { VideoConfig } from '../read/videoConfig';

/** Tags of the descriptors of `esds` (ISO/IEC 14496-1, 7.2.6). */
const ES_TAG = 3;
const DECODER_CONFIG_TAG = 4;
const DECODER_SPECIFIC_TAG = 5;
const SYNC_LAYER_TAG = 6;

const MPEG4_AUDIO = 0x40;
/** Stream type "audio" in six bits, then a bit that is always 1. */
const AUDIO_STREAM = (5 << 2) | 1;
/** The predefined sync layer for MP4 files. */
const MP4_SYNC_LAYER = 2;

/** `stsd` with one entry for each set of decoder settings, and the entry that each clip uses. */
export interface SampleEntries {
	box: Buffer;
	/** The entry number of each clip, counted from 1. */
	numbers: number[];
}

/** Writes one sample entry for each set of decoder settings. */
export function videoEntries(configs: VideoConfig[]): SampleEntries {
	const entries: VideoConfig[] = [];
	const numbers = configs.map((config) => {
		const known = entries.findIndex(({ decoder }) => decoder.equals(config.decoder));
		return known >= 0 ? known + 1 : entries.push(config);
	});
	return { box: descriptions(entries.map(({ entry }) => entry)), numbers };
}

/** `mp4a` with `esds`, rewritten because the entries of old QuickTime files differ. */
export function audioEntry({ decoder }: Pick<AudioConfig, 'decoder'>): Buffer {
	const { channelConfig, sampleRate } = parseAudioConfig(decoder);
	const channels = channelConfig === 7 ? 8 : channelConfig;
	const specific = descriptor(DECODER_SPECIFIC_TAG, decoder);
	const config = descriptor(
		DECODER_CONFIG_TAG,
		// A three-byte buffer size, then the maximum and average bit rates: all unknown.
		Buffer.concat([Buffer.from([MPEG4_AUDIO, AUDIO_STREAM, 0, 0, 0]), uint32(0, 0), specific]),
	);
	const stream = descriptor(
		ES_TAG,
		Buffer.concat([
			Buffer.alloc(3),
			config,
			descriptor(SYNC_LAYER_TAG, Buffer.from([MP4_SYNC_LAYER])),
		]),
	);
	return descriptions([
		box(
			'mp4a',
			// Reserved, then the data reference 1; version 0; channels; 16-bit samples; rate as 16.16.
			uint16(0, 0, 0, 1, 0, 0, 0, 0, channels, 16, 0, 0, sampleRate % 0x10000, 0),
			fullBox('esds', 0, stream),
		),
	]);
}

function descriptor(tag: number, content: Buffer): Buffer {
	return Buffer.concat([Buffer.from([tag, content.length]), content]);
}

function descriptions(entries: Buffer[]): Buffer {
	return fullBox('stsd', 0, uint32(entries.length), ...entries);
}
