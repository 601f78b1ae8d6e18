import { boxesIn, findBox, type Box } from '../../mp4/mp4Boxes';
import { damagedFile, Mp4Error } from './mp4Error';
import { printable } from './videoConfig';

/** What a decoder has to know about an AAC track. */
export interface AudioConfig {
	/** AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1). */
	decoder: Buffer;
	/** 2 is AAC-LC, 5 and 29 are HE-AAC. */
	objectType: number;
	/** The core decoder's sample rate, in samples per second. */
	sampleRate: number;
	/** 1 to 7 (14496-3, table 1.19); 7 stands for eight channels. */
	channelConfig: number;
	/** Samples of one frame: 1024, or 960 in some broadcasts. */
	frameSamples: number;
}

const SAMPLE_RATES = [
	...[96_000, 88_200, 64_000, 48_000, 44_100, 32_000],
	...[24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350],
];

/** This index means that the rate follows in 24 bits. */
const EXPLICIT_RATE = 15;
const ESCAPED_OBJECT_TYPE = 31;
const MAX_SAMPLE_RATE = 96_000;
const MIN_SAMPLE_RATE = 7_350;

/** AAC object types with frames of 1024 samples: Main, LC, SSR, LTP, SBR, scalable, PS. */
const AAC_OBJECT_TYPES = [1, 2, 3, 4, 5, 6, 29];

/** Offset of the child boxes, by the version of QuickTime's sound description. */
const CHILDREN_OFFSETS = [28, 44, 64];

/** Descriptors of `esds` (14496-1, 7.2.6). */
const ES_TAG = 3;
const DECODER_CONFIG_TAG = 4;
const DECODER_SPECIFIC_TAG = 5;
const DECODER_CONFIG_BYTES = 13;

/** `objectTypeIndication` of MPEG-4 audio and of the three profiles of MPEG-2 AAC. */
const AAC_INDICATIONS = [0x40, 0x66, 0x67, 0x68];

/** Reads the first sample entry of an audio track. @throws Mp4Error if it is not AAC */
export function readAudioConfig(file: Buffer, entry: Box): AudioConfig {
	if (entry.type !== 'mp4a') throw notAac(`its format is '${printable(entry.type)}'`);
	if (entry.start + 10 > entry.end) throw damagedFile('audio settings');
	const childrenStart = entry.start + (CHILDREN_OFFSETS[file.readUInt16BE(entry.start + 8)] ?? 28);
	const children = boxesIn(file, childrenStart, entry.end);
	const wave = children.find(({ type }) => type === 'wave');
	const box = children.find(({ type }) => type === 'esds') ?? (wave && findBox(file, wave, 'esds'));
	if (!box) throw damagedFile('audio settings');
	return parseAudioConfig(decoderOf(file.subarray(box.start, box.end)));
}

/** Finds the AudioSpecificConfig in the content of an `esds` box. */
function decoderOf(content: Buffer): Buffer {
	const stream = descriptor(content.subarray(4), ES_TAG);
	const flags = stream[2] ?? 0;
	let offset = 3;
	if (flags & 0x80) offset += 2;
	if (flags & 0x40) offset += 1 + (stream[offset] ?? 0);
	if (flags & 0x20) offset += 2;
	const config = descriptor(stream.subarray(offset), DECODER_CONFIG_TAG);
	if (!AAC_INDICATIONS.includes(config[0] ?? 0)) throw notAac('it is in another MPEG format');
	return descriptor(config.subarray(DECODER_CONFIG_BYTES), DECODER_SPECIFIC_TAG);
}

/** The content of a descriptor, whose size is written in up to four bytes of seven bits each. */
function descriptor(bytes: Buffer, tag: number): Buffer {
	if (bytes[0] !== tag) throw damagedFile('audio settings');
	let size = 0;
	let offset = 1;
	for (; offset <= 4; offset++) {
		const byte = bytes[offset] ?? 0;
		size = (size << 7) | (byte & 0x7f);
		if ((byte & 0x80) === 0) break;
	}
	return bytes.subarray(offset + 1, offset + 1 + size);
}

/** @throws Mp4Error if the settings are not AAC with a known channel layout */
export function parseAudioConfig(decoder: Buffer): AudioConfig {
	if (decoder.length < 2) throw damagedFile('audio settings');
	let offset = 0;
	const bits = (count: number): number => {
		let value = 0;
		for (let bit = 0; bit < count; bit++, offset++) {
			value = value * 2 + (((decoder[offset >> 3] ?? 0) >> (7 - (offset & 7))) & 1);
		}
		return value;
	};
	const shortType = bits(5);
	const objectType = shortType === ESCAPED_OBJECT_TYPE ? 32 + bits(6) : shortType;
	const rateIndex = bits(4);
	const sampleRate = rateIndex === EXPLICIT_RATE ? bits(24) : (SAMPLE_RATES[rateIndex] ?? 0);
	const channelConfig = bits(4);
	if (objectType === 5 || objectType === 29) {
		if (bits(4) === EXPLICIT_RATE) bits(24);
		bits(5);
	}
	if (!AAC_OBJECT_TYPES.includes(objectType)) throw notAac('it is in another MPEG-4 format');
	if (channelConfig < 1 || channelConfig > 7) {
		throw new Mp4Error('The audio has an unusual channel layout. Convert it to stereo.');
	}
	if (sampleRate < MIN_SAMPLE_RATE || sampleRate > MAX_SAMPLE_RATE) {
		throw damagedFile('audio settings');
	}
	return { decoder, objectType, sampleRate, channelConfig, frameSamples: bits(1) ? 960 : 1024 };
}

function notAac(what: string): Mp4Error {
	return new Mp4Error(`The audio is not AAC: ${what}. Convert it to AAC.`);
}
