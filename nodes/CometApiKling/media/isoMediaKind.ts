import { mediaKind, type MediaKind } from './mediaKind';

const M4A = mediaKind('audio/mp4', 'm4a', 'audio', 'M4A audio');
const MP4 = mediaKind('video/mp4', 'mp4', 'video', 'an MP4 video');
const QUICKTIME = mediaKind('video/quicktime', 'mov', 'video', 'a QuickTime video');
const MOBILE = mediaKind('video/3gpp', '3gp', 'video', 'a 3GP video');
const HEIC = mediaKind('image/heic', 'heic', 'image', 'a HEIC image');
const AVIF = mediaKind('image/avif', 'avif', 'image', 'an AVIF image');
const JPEG_2000 = mediaKind('image/jp2', 'jp2', 'image', 'a JPEG 2000 image');
const CANON_RAW = mediaKind('image/x-canon-cr3', 'cr3', 'image', 'a Canon raw photo');

/** Brands that say what the file is (mp4ra.org); all other brands are those of MP4 videos. */
const BRANDS: Array<[brand: RegExp, MediaKind]> = [
	[/^(M4[ABP]|F4[AB]) $/, M4A],
	[/^avi[fs]$/, AVIF],
	[/^he(ic|ix|im|is|vc|vx|vm|vs)$/, HEIC],
	[/^qt {2}$/, QUICKTIME],
	[/^3g/, MOBILE],
	[/^jp[2xm] $/, JPEG_2000],
	[/^crx $/, CANON_RAW],
];

/** Brands of the container of HEIC and AVIF: the compatible brands tell which one it is. */
const IMAGE_CONTAINER = /^(mif[12]|msf1|miaf)$/;

const MAJOR_BRAND_OFFSET = 8;
const COMPATIBLE_BRANDS_OFFSET = 16;

/** QuickTime files from before brands existed start with one of these boxes. */
const BARE_QUICKTIME_TYPES = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];

/** The code of a tab; below it, there are only control characters. */
const FIRST_TEXT_CHARACTER = 9;

/**
 * What an ISO base media file (MP4 and its relatives) is, by its brands; `undefined` if it is not
 * one.
 */
export function isoMediaKindOf(start: Buffer, text: string): MediaKind | undefined {
	const type = text.slice(4, 8);
	if (BARE_QUICKTIME_TYPES.includes(type) && startsWithSize(start)) return QUICKTIME;
	if (type !== 'ftyp') return undefined;
	const major = text.slice(MAJOR_BRAND_OFFSET, MAJOR_BRAND_OFFSET + 4);
	if (!IMAGE_CONTAINER.test(major)) return kindOfBrand(major) ?? MP4;
	const compatible = text.slice(COMPATIBLE_BRANDS_OFFSET, start.readUInt32BE(0));
	const brands = compatible.match(/[\s\S]{4}/g) ?? [];
	return brands.map(kindOfBrand).find((found) => found?.family === 'image') ?? HEIC;
}

/** Text may contain the same words at the same position, but no size starts with a character. */
function startsWithSize(start: Buffer): boolean {
	return start.readUInt8(0) < FIRST_TEXT_CHARACTER;
}

function kindOfBrand(brand: string): MediaKind | undefined {
	return BRANDS.find(([pattern]) => pattern.test(brand))?.[1];
}
