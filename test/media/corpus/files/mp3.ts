import { corpusFiles, noise, patched, type Bases, type CorpusFile } from '../corpusFile';

const TRUNCATED = /MP3 file is truncated/;

/** An ID3v2 tag with a picture of this many bytes. */
export function id3WithCover(picture: Buffer): Buffer {
	const text = Buffer.from('\0image/jpeg\0\x03\0', 'latin1');
	const frame = Buffer.alloc(10);
	frame.write('APIC', 'latin1');
	frame.writeUInt32BE(text.length + picture.length, 4);
	const content = Buffer.concat([frame, text, picture]);
	const bits = [21, 14, 7, 0].map((shift) => (content.length >> shift) & 0x7f);
	return Buffer.concat([Buffer.from('ID3\x03\0\0', 'latin1'), Buffer.from(bits), content]);
}

/** An APEv2 tag with one item, followed by its footer. */
function apeTag(content: Buffer): Buffer {
	const item = Buffer.concat([Buffer.alloc(8), Buffer.from('Cover Art\0'), content]);
	item.writeUInt32LE(content.length);
	const edge = (flags: number) => {
		const bytes = Buffer.alloc(32);
		bytes.write('APETAGEX', 'latin1');
		[2000, item.length + 32, 1, flags].forEach((value, index) =>
			bytes.writeUInt32LE(value, 8 + index * 4),
		);
		return bytes;
	};
	return Buffer.concat([edge(0xa0000000), item, edge(0x80000000)]);
}

const id3v1 = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125, ' ')]);
const lyrics = Buffer.from(`LYRICSBEGIN${'la '.repeat(90)}000281LYRICS200`, 'latin1');

const share = (bytes: Buffer, part: number) => bytes.subarray(0, Math.floor(bytes.length * part));

/** A copy whose encoder's tag has a different number of frames, or none. */
function withFrames(mp3: Buffer, change: (frames: number) => number): Buffer {
	const name = mp3.includes('Xing') ? 'Xing' : 'Info';
	const at = mp3.indexOf(name) + 8;
	const number = Buffer.alloc(4);
	number.writeUInt32BE(change(mp3.readUInt32BE(at)));
	return patched(mp3, at, number);
}

export function mp3Files(base: Bases): CorpusFile[] {
	const cbr = base('cbr.mp3');
	const bare = base('cbr bare.mp3');
	const vbr = base('vbr.mp3');
	const joined = (...between: Buffer[]) => Buffer.concat([bare, ...between, bare]);
	const middle = Math.floor(bare.length / 2);
	const asMade = ['cbr', 'cbr bare', 'vbr', 'vbr bare', 'abr', 'stereo 320', 'stereo, not joint']
		.concat(['no reservoir', 'tag v2.3', 'tag v1', 'cover', '8000 Hz bare'])
		.concat([48_000, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000].map((r) => `${r} Hz`));
	return corpusFiles(
		'MP3',
		'audio',
		{
			...Object.fromEntries(asMade.map((name) => [name, base(`${name}.mp3`)])),
			'two files joined': joined(),
			'two files with tags joined': Buffer.concat([cbr, cbr]),
			'joined, a cover of 60 kB between': joined(id3WithCover(noise(60_000))),
			'joined, a cover of 300 kB between': joined(id3WithCover(noise(300_000))),
			'joined, a cover of 1 MB between': joined(id3WithCover(noise(1_000_000))),
			'joined, a JPG as cover between': joined(id3WithCover(base('fine.jpg'))),
			'joined, an old tag between': joined(id3v1),
			'joined, an APE tag of 100 kB between': joined(apeTag(noise(100_000))),
			'joined, both tags between': joined(id3v1, id3WithCover(noise(90_000))),
			'joined, 200 kB of zeros between': joined(Buffer.alloc(200_000)),
			'joined, of two sample rates': Buffer.concat([bare, base('8000 Hz bare.mp3')]),
			'of a variable bit rate, joined': Buffer.concat([vbr, id3WithCover(noise(80_000)), vbr]),
			'padding in front': Buffer.concat([Buffer.alloc(1500), bare]),
			'a cover of 500 kB in front': Buffer.concat([id3WithCover(noise(500_000)), bare]),
			'two tags in front': Buffer.concat([id3WithCover(noise(99)), id3WithCover(noise(99)), cbr]),
			'a tag and padding in front': Buffer.concat([
				id3WithCover(noise(99)),
				Buffer.alloc(4000),
				bare,
			]),
			'padding of 100 kB in front': Buffer.concat([Buffer.alloc(100_000), bare]),
			'a tag and padding of 100 kB in front': Buffer.concat([
				id3WithCover(noise(99)),
				Buffer.alloc(100_000),
				bare,
			]),
			'an APE tag of 100 kB in front': Buffer.concat([apeTag(noise(100_000)), bare]),
			'an old tag at the end': Buffer.concat([bare, id3v1]),
			'an APE tag at the end': Buffer.concat([bare, apeTag(noise(5000)), id3v1]),
			'lyrics at the end': Buffer.concat([bare, lyrics, id3v1]),
			'zeros at the end': Buffer.concat([bare, Buffer.alloc(9000)]),
			'noise in the middle': Buffer.concat([
				bare.subarray(0, middle),
				noise(3000),
				bare.subarray(middle),
			]),
			'a damaged header in the middle': patched(bare, 417 * 40, Buffer.alloc(4)),
			'the last frame cut': cbr.subarray(0, -200),
			'cut to two thirds, without a tag': share(bare, 0.67),
			'no number of frames, as in a pipe': withFrames(cbr, () => 0),
			'half the number of frames': withFrames(vbr, (frames) => frames >> 1),
			'FF FE in front of the tag': Buffer.concat([Buffer.from([0, 0]), bare]),
		},
		{
			'cut to half': [share(cbr, 0.5), TRUNCATED],
			'of a variable bit rate, cut to half': [share(vbr, 0.5), TRUNCATED],
			'cut to 70 %': [share(cbr, 0.7), TRUNCATED],
			'with a cover, cut to half of its sound': [share(base('cover.mp3'), 0.6), TRUNCATED],
			'twice the number of frames': [withFrames(cbr, (frames) => frames * 2), TRUNCATED],
			'a tag alone': [id3WithCover(noise(2000)), /looks like MP3, but its length cannot be read/],
			'too short': [share(bare, 0.4), /1\.\d+ seconds long, but an avatar needs at least 2/],
		},
	);
}
