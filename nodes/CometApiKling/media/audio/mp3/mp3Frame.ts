import { isMp3Start } from '../../streamStart';
import type { Frame } from './frames';

/**
 * In kbit/s by index, for layer III (ISO/IEC 11172-3, 2.4.2.3); 0 stands for "free", which is rare.
 */
const MPEG1_KBITS = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
/** The same list for MPEG 2 and 2.5 (ISO/IEC 13818-3, 2.4.2.3). */
const MPEG2_KBITS = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/** The rates of MPEG 1; MPEG 2 uses half of them, MPEG 2.5 a quarter. */
const SAMPLE_RATES_HZ = [44_100, 48_000, 32_000];

const MPEG1_SAMPLES = 1152;
const MPEG2_SAMPLES = 576;

const MPEG1 = 3;
const MPEG2 = 2;

/** The header before every frame. */
export const MP3_HEADER_BYTES = 4;

export interface Mp3Frame extends Frame {
	sampleRateHz: number;
}

/** Reads the header of a frame of MPEG audio, layer III; `undefined` if there is none. */
export function readMp3Frame(sound: Buffer, offset: number): Mp3Frame | undefined {
	if (offset + MP3_HEADER_BYTES > sound.length) return undefined;
	if (!isMp3Start(sound.subarray(offset, offset + 2))) return undefined;
	const version = (sound.readUInt8(offset + 1) >> 3) & 0x03;
	const third = sound.readUInt8(offset + 2);
	const isMpeg1 = version === MPEG1;
	const kbits = (isMpeg1 ? MPEG1_KBITS : MPEG2_KBITS)[third >> 4];
	const fullRateHz = SAMPLE_RATES_HZ[(third >> 2) & 0x03];
	if (!kbits || fullRateHz === undefined) return undefined;
	const sampleRateHz = isMpeg1 ? fullRateHz : version === MPEG2 ? fullRateHz / 2 : fullRateHz / 4;
	const samples = isMpeg1 ? MPEG1_SAMPLES : MPEG2_SAMPLES;
	const padding = (third >> 1) & 1;
	// samples / rate is the frame's time. There are 1000 bits in a kilobit and 8 bits in a byte,
	// which gives 125.
	const bytes = Math.floor((samples * 125 * kbits) / sampleRateHz) + padding;
	return { bytes, seconds: samples / sampleRateHz, sampleRateHz };
}
