import { film, picture, tone, type Samples } from '../samples';
import type { Bases } from './corpusFile';

/** Longer than Kling's minimum, so that a cut to two thirds is still accepted. */
export const SOUND_SECONDS = 4.4;

const MP3 = ['-c:a', 'libmp3lame'];
const AAC = ['-c:a', 'aac', '-vn'];
const BARE = ['-write_xing', '0', '-id3v2_version', '0'];
const wav = (codec: string, ...more: string[]) => ['-c:a', codec, '-f', 'wav', ...more];

/** Audio in the formats that Kling accepts: ffmpeg's arguments by name. */
const SOUNDS: Record<string, string[]> = {
	'cbr.mp3': [...MP3, '-b:a', '128k'],
	'cbr bare.mp3': [...MP3, '-b:a', '128k', ...BARE],
	'vbr.mp3': [...MP3, '-q:a', '5'],
	'vbr bare.mp3': [...MP3, '-q:a', '5', ...BARE],
	'abr.mp3': [...MP3, '-abr', '1', '-b:a', '96k'],
	'stereo 320.mp3': [...MP3, '-b:a', '320k', '-ac', '2'],
	'stereo, not joint.mp3': [...MP3, '-joint_stereo', '0', '-ac', '2'],
	'no reservoir.mp3': [...MP3, '-reservoir', '0'],
	...Object.fromEntries(
		[48_000, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000].map((rate) => [
			`${rate} Hz.mp3`,
			[...MP3, '-ar', `${rate}`],
		]),
	),
	'8000 Hz bare.mp3': [...MP3, '-ar', '8000', ...BARE],
	'tag v2.3.mp3': [...MP3, '-id3v2_version', '3', '-metadata', 'title=Voice'],
	'tag v1.mp3': [...MP3, '-write_id3v1', '1', '-id3v2_version', '0', '-metadata', 'title=Voice'],
	'16 bit.wav': wav('pcm_s16le', '-bitexact'),
	'16 bit stereo.wav': wav('pcm_s16le', '-ac', '2', '-bitexact'),
	'list chunk.wav': wav('pcm_s16le', '-metadata', 'title=Voices'),
	'8 bit.wav': wav('pcm_u8'),
	'24 bit.wav': wav('pcm_s24le'),
	'32 bit.wav': wav('pcm_s32le'),
	'float.wav': wav('pcm_f32le'),
	'double.wav': wav('pcm_f64le'),
	'a-law.wav': wav('pcm_alaw', '-ar', '8000'),
	'mu-law.wav': wav('pcm_mulaw', '-ar', '8000'),
	'96 kHz.wav': wav('pcm_s16le', '-ar', '96000'),
	'6 channels.wav': wav('pcm_s16le', '-ac', '6', '-ar', '22050'),
	'ms adpcm.wav': wav('adpcm_ms', '-bitexact'),
	'ms adpcm stereo.wav': wav('adpcm_ms', '-ac', '2', '-ar', '22050'),
	'ima adpcm.wav': wav('adpcm_ima_wav'),
	'ima adpcm stereo.wav': wav('adpcm_ima_wav', '-ac', '2', '-ar', '16000'),
	'ima adpcm 8 kHz.wav': wav('adpcm_ima_wav', '-ar', '8000', '-bitexact'),
	'yamaha adpcm.wav': wav('adpcm_yamaha'),
	'g722.wav': wav('g722', '-ar', '16000'),
	'g726.wav': wav('g726', '-ar', '8000', '-b:a', '32k'),
	'wma.wav': wav('wmav2'),
	'mp3.wav': wav('libmp3lame'),
	'mp3 vbr.wav': wav('libmp3lame', '-q:a', '6', '-ar', '24000'),
	'rf64.wav': wav('pcm_s16le', '-rf64', 'always'),
	'bext.wav': wav('pcm_s16le', '-write_bext', '1', '-metadata', 'description=Voice'),
	'moov last.m4a': AAC,
	'moov first.m4a': [...AAC, '-movflags', '+faststart'],
	'empty moov.m4a': [...AAC, '-movflags', '+empty_moov', '-frag_duration', '1000000'],
	'first part in moov.m4a': [...AAC, '-movflags', '+frag_keyframe', '-frag_duration', '900000'],
	'dash.m4a': [...AAC, '-movflags', '+dash+empty_moov', '-frag_duration', '500000'],
	'brand isom.mp4': AAC,
	'brand 3gp.3gp': AAC,
	'lossless.m4a': ['-c:a', 'alac'],
	...Object.fromEntries(
		[8_000, 16_000, 24_000, 48_000, 96_000].map((rate) => [
			`${rate} Hz.m4a`,
			[...AAC, '-ar', `${rate}`],
		]),
	),
	'stereo.m4a': [...AAC, '-ac', '2'],
	'tags.m4a': [...AAC, '-metadata', 'title=Voice', '-metadata', 'comment=Mine'],
	'aac.mov': AAC,
	'pcm.mov': ['-c:a', 'pcm_s16le'],
	'pcm first.mov': ['-c:a', 'pcm_s16le', '-movflags', '+faststart'],
	'lossless.mov': ['-c:a', 'alac'],
	'adts.aac': AAC,
	'adts stereo.aac': [...AAC, '-ac', '2'],
	'adts 8 kHz.aac': [...AAC, '-ar', '8000'],
	'adts 24 kHz.aac': [...AAC, '-ar', '24000'],
	'adts tagged.aac': [...AAC, '-write_id3v2', '1', '-metadata', 'title=Voice'],
};

/** Audio in formats that Kling does not accept. */
const OTHER_SOUNDS: Record<string, string[]> = {
	'a.ogg': ['-c:a', 'libvorbis'],
	'a.opus': ['-c:a', 'libopus'],
	'a.flac': [],
	'a.aiff': [],
	'a.au': [],
	'a.caf': [],
	'a.wma': ['-c:a', 'wmav2'],
	'a.mp2': [],
	'a.amr': ['-ar', '8000', '-c:a', 'libopencore_amrnb'],
	'wide.amr': ['-ar', '16000', '-c:a', 'libvo_amrwbenc'],
	'a.w64': [],
	'voice.webm': ['-c:a', 'libopus'],
	'a.mka': ['-c:a', 'libopus'],
	'24 kHz.s16': ['-f', 's16le', '-ar', '24000'],
	'16 kHz.s16': ['-f', 's16le', '-ar', '16000'],
	'stereo 44 kHz.s16': ['-f', 's16le', '-ac', '2'],
	'big endian.s16': ['-f', 's16be', '-ar', '24000'],
};

const size = (width: number, height: number) => ['-frames:v', '1', '-s', `${width}x${height}`];

const PICTURES: Record<string, string[]> = {
	'baseline.jpg': size(640, 480),
	'portrait.jpg': size(480, 900),
	'odd size.jpg': size(501, 333),
	'gray.jpg': [...size(400, 400), '-pix_fmt', 'gray'],
	'444.jpg': [...size(400, 400), '-pix_fmt', 'yuvj444p'],
	'fine.jpg': [...size(1200, 900), '-q:v', '1'],
	'small.jpg': size(160, 120),
	'too small.jpg': size(299, 400),
	'too wide.jpg': size(800, 300),
	'rgb.png': [...size(512, 384), '-pix_fmt', 'rgb24'],
	'transparent.png': [...size(400, 300), '-pix_fmt', 'rgba'],
	'gray.png': [...size(400, 300), '-pix_fmt', 'gray'],
	'gray 16 bit.png': [...size(400, 300), '-pix_fmt', 'gray16be'],
	'gray and alpha.png': [...size(400, 300), '-pix_fmt', 'ya8'],
	'48 bit.png': [...size(400, 300), '-pix_fmt', 'rgb48be'],
	'palette.png': [...size(400, 300), '-pix_fmt', 'pal8'],
	'1 bit.png': [...size(400, 300), '-pix_fmt', 'monob'],
	'interlaced.png': [...size(400, 300), '-flags', '+ildct', '-pred', 'mixed'],
	'animated.apng': ['-s', '320x300', '-frames:v', '2', '-f', 'apng'],
	'a.gif': size(400, 300),
	'a.webp': size(400, 300),
	'a.bmp': size(400, 300),
	'a.tiff': size(400, 300),
	'a.jp2': size(400, 300),
};

const FILMS: Record<string, string[]> = Object.fromEntries(
	['film.mp4', 'film.mov', 'film.mkv', 'film.3gp', 'film.avi', 'film.flv', 'film.ts'].map(
		(name) => [
			name,
			['-c:v', name.endsWith('3gp') ? 'h263' : 'mpeg4', '-s', '176x144', '-c:a', 'aac'],
		],
	),
);
FILMS['film.flv'] = ['-c:v', 'flv', '-c:a', 'aac'];
FILMS['film.avi'] = ['-c:v', 'mpeg4', '-c:a', 'libmp3lame'];
FILMS['silent.mp4'] = ['-c:v', 'mpeg4', '-an'];

/** Creates everything that the corpus consists of, in few runs because starting ffmpeg is slow. */
export async function makeBases(samples: Samples): Promise<Bases> {
	await samples.makeMany(tone(SOUND_SECONDS), { ...SOUNDS, ...OTHER_SOUNDS });
	await samples.makeMany(picture(640, 480).slice(0, -2), PICTURES);
	await samples.makeMany([...film(3), ...tone(3)], FILMS);
	const cover = ['-i', samples.pathOf('baseline.jpg'), '-map', '0', '-map', '1', '-c:v', 'copy'];
	await samples.make('cover.mp3', ...tone(SOUND_SECONDS), ...cover, ...MP3);
	const attached = [...cover, '-disposition:v', 'attached_pic'];
	await samples.make('cover.m4a', ...tone(SOUND_SECONDS), ...attached, '-c:a', 'aac');
	const start = ['-ss', '1.3', '-i', samples.pathOf('moov last.m4a'), '-c', 'copy'];
	await samples.make('cut by an editor.m4a', ...start);
	return (name) => samples.read(name);
}
