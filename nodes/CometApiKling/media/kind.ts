import { textKindOf } from './kindText';

export interface MediaKind {
	mimeType: string;
	extension: string;
	family: 'video' | 'audio' | 'image' | 'other';
	/** What the user calls it. */
	name: string;
}

/** So many bytes from the start are enough to tell any kind. */
export const KIND_BYTES = 512;

interface Signature {
	kind: MediaKind;
	matches: (start: Uint8Array, text: string) => boolean;
}

/** Brands of ISO base media files that stand for something else than a video. */
const MP4_BRANDS: Array<[brands: string[], MediaKind]> = [
	[['M4A ', 'M4B '], kind('audio/mp4', 'm4a', 'audio', 'M4A audio')],
	[['heic', 'heix', 'hevc', 'mif1', 'msf1'], kind('image/heic', 'heic', 'image', 'a HEIC image')],
	[['avif'], kind('image/avif', 'avif', 'image', 'an AVIF image')],
	[['qt  '], kind('video/quicktime', 'mov', 'video', 'a QuickTime video')],
];
const MP4 = kind('video/mp4', 'mp4', 'video', 'an MP4 video');

const SIGNATURES: Signature[] = [
	starts('\xff\xd8\xff', kind('image/jpeg', 'jpg', 'image', 'a JPG image')),
	starts('\x89PNG\r\n\x1a\n', kind('image/png', 'png', 'image', 'a PNG image')),
	starts('GIF8', kind('image/gif', 'gif', 'image', 'a GIF image')),
	container('RIFF', 'WEBP', kind('image/webp', 'webp', 'image', 'a WebP image')),
	container('RIFF', 'WAVE', kind('audio/wav', 'wav', 'audio', 'WAV audio')),
	container('RIFF', 'AVI ', kind('video/x-msvideo', 'avi', 'video', 'an AVI video')),
	{
		kind: kind('image/bmp', 'bmp', 'image', 'a BMP image'),
		// Two letters alone would take a text for a picture; two reserved numbers are zero.
		matches: (_start, text) => text.startsWith('BM') && text.slice(6, 10) === '\0\0\0\0',
	},
	starts('II*\0', kind('image/tiff', 'tif', 'image', 'a TIFF image')),
	starts('MM\0*', kind('image/tiff', 'tif', 'image', 'a TIFF image')),
	starts('OggS', kind('audio/ogg', 'ogg', 'audio', 'Ogg audio')),
	starts('fLaC', kind('audio/flac', 'flac', 'audio', 'FLAC audio')),
	container('FORM', 'AIFF', kind('audio/aiff', 'aif', 'audio', 'AIFF audio')),
	container('FORM', 'AIFC', kind('audio/aiff', 'aif', 'audio', 'AIFF audio')),
	starts('#!AMR', kind('audio/amr', 'amr', 'audio', 'AMR audio')),
	starts('\x1a\x45\xdf\xa3', kind('video/webm', 'webm', 'video', 'a WebM or Matroska video')),
	starts('ID3', kind('audio/mpeg', 'mp3', 'audio', 'MP3 audio')),
	{ kind: kind('audio/aac', 'aac', 'audio', 'AAC audio'), matches: isAdtsStart },
	{ kind: kind('audio/mpeg', 'mp3', 'audio', 'MP3 audio'), matches: isMp3Start },
	{ kind: kind('audio/mpeg', 'mp2', 'audio', 'MP2 audio'), matches: isMp2Start },
	starts('%PDF', kind('application/pdf', 'pdf', 'other', 'a PDF document')),
	starts(
		'PK\x03\x04',
		kind('application/zip', 'zip', 'other', 'a ZIP archive or an Office document'),
	),
	starts('\x1f\x8b', kind('application/gzip', 'gz', 'other', 'a gzip archive')),
];

/** What a file is, told from its first bytes alone; `undefined` where that is no known kind. */
export function kindOf(bytes: Uint8Array): MediaKind | undefined {
	const start = bytes.subarray(0, KIND_BYTES);
	const text = Buffer.from(start).toString('latin1');
	if (text.slice(4, 8) === 'ftyp') {
		const brand = text.slice(8, 12);
		return MP4_BRANDS.find(([brands]) => brands.includes(brand))?.[1] ?? MP4;
	}
	const signature = SIGNATURES.find((candidate) => candidate.matches(start, text));
	if (signature) return signature.kind;
	const textKind = textKindOf(start);
	return textKind && { ...textKind, family: 'other' };
}

/** The kind of a result: only video, audio and image are results. */
export function sniffMedia(
	bytes: Uint8Array,
): (MediaKind & { family: 'video' | 'audio' | 'image' }) | undefined {
	const found = kindOf(bytes);
	if (found === undefined || found.family === 'other') return undefined;
	return { ...found, family: found.family };
}

/** ADTS: twelve set bits, then layer 0 (ISO/IEC 13818-7, 6.2). */
export function isAdtsStart(bytes: Uint8Array): boolean {
	return bytes[0] === 0xff && bytes[1] !== undefined && (bytes[1] & 0xf6) === 0xf0;
}

/** MPEG audio, layer III: eleven set bits, a known version, the layer (ISO/IEC 11172-3, 2.4.2.3). */
export function isMp3Start(bytes: Uint8Array): boolean {
	return mpegLayerBits(bytes) === 1;
}

function isMp2Start(bytes: Uint8Array): boolean {
	return mpegLayerBits(bytes) === 2;
}

/** The two bits that stand for the layer, counted down from 3; 0 where it is no MPEG audio. */
function mpegLayerBits(bytes: Uint8Array): number {
	const second = bytes[1];
	if (bytes[0] !== 0xff || second === undefined) return 0;
	const hasKnownVersion = (second & 0x18) !== 0x08;
	return (second & 0xe0) === 0xe0 && hasKnownVersion ? (second >> 1) & 0x03 : 0;
}

function kind(
	mimeType: string,
	extension: string,
	family: MediaKind['family'],
	name: string,
): MediaKind {
	return { mimeType, extension, family, name };
}

function starts(signature: string, found: MediaKind): Signature {
	return { kind: found, matches: (_start, text) => text.startsWith(signature) };
}

/** Files of chunks: their family, a size, and what they hold. */
function container(family: string, content: string, found: MediaKind): Signature {
	return {
		kind: found,
		matches: (_start, text) => text.startsWith(family) && text.slice(8, 12) === content,
	};
}
