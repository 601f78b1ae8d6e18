import { writeFileSync } from 'node:fs';

import { picture, tone, type Samples } from '../samples';

export const SOUND_SECONDS = 11.7;

type Format = 'mp3' | 'wav' | 'm4a' | 'aac';

const MP3 = ['-c:a', 'libmp3lame'];
const AAC = ['-c:a', 'aac'];
const NO_TAGS = ['-write_xing', '0', '-id3v2_version', '0'];

/** Files that Kling accepts, by name: the format and ffmpeg's arguments after the sound. */
const RECIPES: Record<string, [Format, ...string[]]> = {
	'cbr.mp3': ['mp3', ...MP3, '-b:a', '128k'],
	'cbr without tag.mp3': ['mp3', ...MP3, '-b:a', '96k', ...NO_TAGS],
	'vbr.mp3': ['mp3', ...MP3, '-q:a', '6'],
	'vbr without tag.mp3': ['mp3', ...MP3, '-q:a', '6', ...NO_TAGS],
	'stereo 320.mp3': ['mp3', ...MP3, '-b:a', '320k', '-ac', '2'],
	'48 kHz.mp3': ['mp3', ...MP3, '-ar', '48000'],
	'22.05 kHz.mp3': ['mp3', ...MP3, '-ar', '22050'],
	'22.05 kHz stereo vbr.mp3': ['mp3', ...MP3, '-ar', '22050', '-ac', '2', '-q:a', '5'],
	'11.025 kHz.mp3': ['mp3', ...MP3, '-ar', '11025'],
	'8 kHz without tag.mp3': ['mp3', ...MP3, '-ar', '8000', ...NO_TAGS],
	'tags at both ends.mp3': ['mp3', ...MP3, '-write_id3v1', '1', '-metadata', 'title=Voice'],
	'8 bit.wav': ['wav', '-c:a', 'pcm_u8'],
	'16 bit.wav': ['wav', '-c:a', 'pcm_s16le', '-metadata', 'title=In a LIST chunk'],
	'24 bit.wav': ['wav', '-c:a', 'pcm_s24le', '-ac', '2'],
	'float.wav': ['wav', '-c:a', 'pcm_f32le'],
	'mu-law.wav': ['wav', '-c:a', 'pcm_mulaw', '-ar', '8000'],
	'moov last.m4a': ['m4a', ...AAC],
	'moov first.m4a': ['m4a', ...AAC, '-movflags', '+faststart'],
	'fragmented.m4a': [
		'm4a',
		...AAC,
		'-movflags',
		'+empty_moov+default_base_moof',
		'-frag_duration',
		'1000000',
	],
	'first part in moov.m4a': [
		'm4a',
		...AAC,
		'-movflags',
		'+frag_keyframe',
		'-frag_duration',
		'2000000',
	],
	'brand isom.mp4': ['m4a', ...AAC],
	'lossless.m4a': ['m4a', '-c:a', 'alac'],
	'adts.aac': ['aac', ...AAC],
	'tags in front.aac': ['aac', ...AAC, '-write_id3v2', '1', '-metadata', 'title=Voice'],
	'adts 24 kHz stereo.aac': ['aac', ...AAC, '-ar', '24000', '-ac', '2'],
};

/** Files made from others manually or with a second input. */
const WITH_COVER = 'cover picture.mp3';
const M4A_WITH_COVER = 'cover picture.m4a';
const STREAMED = 'streamed.wav';
const PADDED = 'padded in front.mp3';

export const ACCEPTED_AUDIO: Array<[string, Format]> = [
	...Object.entries(RECIPES).map(([name, [format]]): [string, Format] => [name, format]),
	[WITH_COVER, 'mp3'],
	[M4A_WITH_COVER, 'm4a'],
	[STREAMED, 'wav'],
	[PADDED, 'mp3'],
];

/** Makes all of `ACCEPTED_AUDIO`. */
export async function makeAcceptedAudio(samples: Samples): Promise<void> {
	const outputs = Object.entries(RECIPES).map(([name, [, ...args]]): [string, string[]] => [
		name,
		args,
	]);
	await samples.makeMany(tone(SOUND_SECONDS), Object.fromEntries(outputs));
	await samples.make('cover.jpg', ...picture(640, 640));
	const cover = ['-i', samples.pathOf('cover.jpg'), '-map', '0', '-map', '1', '-c:v', 'copy'];
	await samples.make(WITH_COVER, ...tone(SOUND_SECONDS), ...cover, ...MP3, '-id3v2_version', '3');
	const attached = [...cover, '-disposition:v', 'attached_pic'];
	await samples.make(M4A_WITH_COVER, ...tone(SOUND_SECONDS), ...attached, ...AAC);
	writeFileSync(samples.pathOf(STREAMED), asStreamed(samples.read('16 bit.wav')));
	const padding = Buffer.alloc(1500);
	const bare = samples.read('cbr without tag.mp3');
	writeFileSync(samples.pathOf(PADDED), Buffer.concat([padding, bare]));
}

/** What ffmpeg writes into a pipe, in which it cannot go back to fill in the sizes. */
function asStreamed(wav: Buffer): Buffer {
	const file = Buffer.from(wav);
	file.writeUInt32LE(0xffffffff, 4);
	file.writeUInt32LE(0xffffffff, file.indexOf('data') + 4);
	return file;
}
