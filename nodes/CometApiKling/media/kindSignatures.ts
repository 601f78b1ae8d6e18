import { mediaKind, type MediaKind } from './mediaKind';
import { isAdtsStart, isMp2Start, isMp3Start } from './streamStart';

/** The first bytes of a kind; `text` has one character for each of them. */
interface Signature {
	kind: MediaKind;
	matches: (start: Uint8Array, text: string) => boolean;
}

const TIFF = mediaKind('image/tiff', 'tif', 'image', 'a TIFF image');
const AIFF = mediaKind('audio/aiff', 'aif', 'audio', 'AIFF audio');
const RF64 = mediaKind('audio/x-rf64', 'rf64', 'audio', 'RF64 audio (WAV for files over 4 GB)');
const RIFX = mediaKind('audio/x-rifx', 'rifx', 'audio', 'RIFX audio (big-endian WAV)');
const JPEG_XL = mediaKind('image/jxl', 'jxl', 'image', 'a JPEG XL image');

/** They are tried in this order. */
export const SIGNATURES: Signature[] = [
	starts('\xff\xd8\xff', mediaKind('image/jpeg', 'jpg', 'image', 'a JPG image')),
	starts('\x89PNG\r\n\x1a\n', mediaKind('image/png', 'png', 'image', 'a PNG image')),
	starts('GIF8', mediaKind('image/gif', 'gif', 'image', 'a GIF image')),
	container('RIFF', 'WEBP', mediaKind('image/webp', 'webp', 'image', 'a WebP image')),
	container('RIFF', 'WAVE', mediaKind('audio/wav', 'wav', 'audio', 'WAV audio')),
	container('RIFF', 'AVI ', mediaKind('video/x-msvideo', 'avi', 'video', 'an AVI video')),
	container('RIFX', 'WAVE', RIFX),
	container('RF64', 'WAVE', RF64),
	container('BW64', 'WAVE', { ...RF64, name: 'BW64 audio (WAV for files over 4 GB)' }),
	starts('riff\x2e\x91\xcf\x11', mediaKind('audio/x-w64', 'w64', 'audio', 'Wave64 audio')),
	{
		kind: mediaKind('image/bmp', 'bmp', 'image', 'a BMP image'),
		// Two letters alone would also match text, so check that two reserved numbers are zero.
		matches: (_start, text) => text.startsWith('BM') && text.slice(6, 10) === '\0\0\0\0',
	},
	starts('II*\0', TIFF),
	starts('MM\0*', TIFF),
	starts('\0\0\0\x0cJXL \r\n\x87\n', JPEG_XL),
	starts('\0\0\0\x0cjP  \r\n\x87\n', mediaKind('image/jp2', 'jp2', 'image', 'a JPEG 2000 image')),
	starts('8BPS', mediaKind('image/vnd.adobe.photoshop', 'psd', 'image', 'a Photoshop image')),
	starts('OggS', mediaKind('audio/ogg', 'ogg', 'audio', 'Ogg audio')),
	starts('fLaC', mediaKind('audio/flac', 'flac', 'audio', 'FLAC audio')),
	container('FORM', 'AIFF', AIFF),
	container('FORM', 'AIFC', AIFF),
	starts('#!AMR', mediaKind('audio/amr', 'amr', 'audio', 'AMR audio')),
	starts('caff\0\x01', mediaKind('audio/x-caf', 'caf', 'audio', 'Core Audio')),
	starts('.snd', mediaKind('audio/basic', 'au', 'audio', 'AU audio')),
	starts(
		'\x30\x26\xb2\x75\x8e\x66\xcf\x11',
		mediaKind('audio/x-ms-wma', 'wma', 'audio', 'WMA audio'),
	),
	starts('\x1a\x45\xdf\xa3', mediaKind('video/webm', 'webm', 'video', 'a WebM or Matroska video')),
	starts('FLV\x01', mediaKind('video/x-flv', 'flv', 'video', 'a Flash video')),
	starts('\0\0\x01\xba', mediaKind('video/mpeg', 'mpg', 'video', 'an MPEG video')),
	{
		kind: mediaKind('video/mp2t', 'ts', 'video', 'an MPEG transport stream'),
		matches: isTransportStream,
	},
	starts('ID3', mediaKind('audio/mpeg', 'mp3', 'audio', 'MP3 audio')),
	{ kind: mediaKind('audio/aac', 'aac', 'audio', 'AAC audio'), matches: isAdtsStart },
	{ kind: mediaKind('audio/mpeg', 'mp3', 'audio', 'MP3 audio'), matches: isMp3Start },
	{ kind: mediaKind('audio/mpeg', 'mp2', 'audio', 'MP2 audio'), matches: isMp2Start },
	starts('MThd', mediaKind('audio/midi', 'mid', 'other', 'a MIDI file: notes without sound')),
	starts('%PDF', mediaKind('application/pdf', 'pdf', 'other', 'a PDF document')),
	starts(
		'PK\x03\x04',
		mediaKind('application/zip', 'zip', 'other', 'a ZIP archive or an Office document'),
	),
	starts('\x1f\x8b\x08', mediaKind('application/gzip', 'gz', 'other', 'a gzip archive')),
	starts('Rar!\x1a\x07', mediaKind('application/vnd.rar', 'rar', 'other', 'a RAR archive')),
	starts(
		'7z\xbc\xaf\x27\x1c',
		mediaKind('application/x-7z-compressed', '7z', 'other', 'a 7z archive'),
	),
	starts('\xfd7zXZ\0', mediaKind('application/x-xz', 'xz', 'other', 'an XZ archive')),
	starts('BZh', mediaKind('application/x-bzip2', 'bz2', 'other', 'a bzip2 archive')),
	starts('\x28\xb5\x2f\xfd', mediaKind('application/zstd', 'zst', 'other', 'a Zstandard archive')),
	{
		kind: mediaKind('application/x-tar', 'tar', 'other', 'a tar archive'),
		matches: (_start, text) => text.slice(257, 262) === 'ustar',
	},
];

/** Packets of 188 bytes, each of which starts with the same byte. */
function isTransportStream(start: Uint8Array): boolean {
	return [0, 188, 376].every((offset) => start[offset] === 0x47);
}

function starts(signature: string, found: MediaKind): Signature {
	return { kind: found, matches: (_start, text) => text.startsWith(signature) };
}

/** Files made of chunks: their family, a size, and the type of content. */
function container(family: string, content: string, found: MediaKind): Signature {
	return {
		kind: found,
		matches: (_start, text) => text.startsWith(family) && text.slice(8, 12) === content,
	};
}
