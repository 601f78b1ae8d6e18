import type { MediaKind } from './mediaKind';

type Wanted = 'image' | 'audio';

const LINK = 'a URL saved as text';
const DATA_LINK = 'a data: URL saved as text';

/** Image formats that n8n's Edit Image node reads. */
const EDIT_IMAGE_READS = ['gif', 'webp', 'bmp', 'tif'];

/** Drawings count as images, though their files are text. */
const CONVERTIBLE_DRAWING = 'svg';

/** Formats that n8n's Compression node opens. */
const COMPRESSION_OPENS = ['zip', 'gz'];
const OTHER_ARCHIVES = ['rar', '7z', 'xz', 'bz2', 'zst', 'tar'];

const SOURCE: Record<Wanted, string> = { image: "'Image Source'", audio: "'Audio Source'" };

/** What to do with a file of a different kind: steps that work with that very file. */
export function adviceForKind(kind: MediaKind, wanted: Wanted): string {
	const { extension, name } = kind;
	if (name === LINK) return `Set ${SOURCE[wanted]} to URL and enter the URL there.`;
	if (name === DATA_LINK || extension === 'b64') {
		return `Set ${SOURCE[wanted]} to Base64 and enter the text there, or turn it into a file first with the Convert to File node.`;
	}
	if (COMPRESSION_OPENS.includes(extension)) {
		return `Extract the ${wanted} from it first, for example with n8n's Compression node.`;
	}
	if (OTHER_ARCHIVES.includes(extension)) return `Extract the ${wanted} from it first.`;
	return (wanted === 'image' ? imageAdvice(kind) : audioAdvice(kind)) ?? checkSource(wanted);
}

/** The advice for files that cannot be converted. */
export function checkSource(wanted: Wanted): string {
	return `Check the node that provides the file: it must output the ${wanted} itself.`;
}

/** How to turn audio in any format into MP3. */
export const CONVERT =
	'Convert it to MP3 first, for example with ffmpeg: ffmpeg -i input output.mp3.';

/** How to extract the audio from a video. */
export const EXTRACT_AUDIO =
	'Extract the audio first, for example with ffmpeg: ffmpeg -i video.mp4 -vn sound.mp3.';

function imageAdvice({ family, extension }: MediaKind): string | undefined {
	if (EDIT_IMAGE_READS.includes(extension)) {
		return "Convert it to JPG or PNG first, for example with n8n's Edit Image node.";
	}
	return family === 'image' || extension === CONVERTIBLE_DRAWING
		? `Convert it to JPG or PNG first, for example with ImageMagick: magick input.${extension} output.jpg.`
		: undefined;
}

function audioAdvice({ family }: MediaKind): string | undefined {
	if (family === 'video') return EXTRACT_AUDIO;
	return family === 'audio' ? CONVERT : undefined;
}
