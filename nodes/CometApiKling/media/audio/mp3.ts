import { sumFrames, findFrames, type Frame } from './frames';
import { isMp3Start } from '../kind';

/** In kbit/s by index, for layer III (ISO/IEC 11172-3, 2.4.2.3); 0 stands for "free", which is rare. */
const MPEG1_KBITS = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
/** The same for MPEG 2 and 2.5 (ISO/IEC 13818-3, 2.4.2.3). */
const MPEG2_KBITS = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/** Of MPEG 1; MPEG 2 has half of them, MPEG 2.5 a quarter. */
const SAMPLE_RATES_HZ = [44_100, 48_000, 32_000];

const MPEG1_SAMPLES = 1152;
const MPEG2_SAMPLES = 576;

const MPEG1 = 3;
const MPEG2 = 2;

const HEADER_BYTES = 4;

/** Tags of encoders stand in a first frame of their own, behind its side information. */
const TAG_NAMES = ['Xing', 'Info', 'VBRI'];
/** Side information takes 9, 17 or 32 bytes; Fraunhofer's tag always stands behind 32. */
const TAG_OFFSETS_BYTES = [9, 17, 32].map((sideInfo) => HEADER_BYTES + sideInfo);

/**
 * The length of an MP3 file in seconds. All frames are added up, which takes a millisecond for 5 MB:
 * the count in an encoder's tag (Xing, Info, VBRI) is wrong where a file was cut or joined.
 */
export function mp3Seconds(sound: Buffer): number | undefined {
	const start = findFrames(sound, 0, readFrame);
	if (start === undefined) return undefined;
	const first = readFrame(sound, start);
	const soundStart = first && isTagFrame(sound, start) ? start + first.bytes : start;
	return sumFrames(sound, soundStart, readFrame);
}

function isTagFrame(sound: Buffer, frameStart: number): boolean {
	return TAG_OFFSETS_BYTES.some((offset) => {
		const start = frameStart + offset;
		return TAG_NAMES.includes(sound.toString('latin1', start, start + 4));
	});
}

function readFrame(sound: Buffer, offset: number): Frame | undefined {
	if (offset + HEADER_BYTES > sound.length) return undefined;
	if (!isMp3Start(sound.subarray(offset, offset + 2))) return undefined;
	const version = (sound.readUInt8(offset + 1) >> 3) & 0x03;
	const third = sound.readUInt8(offset + 2);
	const isMpeg1 = version === MPEG1;
	const kbits = (isMpeg1 ? MPEG1_KBITS : MPEG2_KBITS)[third >> 4];
	const fullRate = SAMPLE_RATES_HZ[(third >> 2) & 0x03];
	if (!kbits || fullRate === undefined) return undefined;
	const sampleRate = isMpeg1 ? fullRate : version === MPEG2 ? fullRate / 2 : fullRate / 4;
	const samples = isMpeg1 ? MPEG1_SAMPLES : MPEG2_SAMPLES;
	const padding = (third >> 1) & 1;
	// samples / rate is the frame's time; 1000 bits a kilobit over 8 bits a byte makes 125.
	const bytes = Math.floor((samples * 125 * kbits) / sampleRate) + padding;
	return { bytes, seconds: samples / sampleRate };
}
