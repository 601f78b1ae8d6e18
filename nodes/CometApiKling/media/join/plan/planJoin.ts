import type { Clip } from '../read/clip';
import type { MediaPart } from '../write/copyMedia';
import { displaySize } from '../read/display';
import type { AudioLayout, Layout } from './layout';
import type { EditPart, OutputMovie } from '../write/movieWriter';
import { MediaPlacement } from './placeMedia';
import { audioEntry, videoEntries } from '../write/sampleEntries';
import type { TrackTables } from '../write/trackTables';
import { writeHead } from '../write/writeHead';

/** The joined file without the clips' media data. */
export interface JoinPlan {
	/** All bytes before the media data. */
	head: Buffer;
	mediaBytes: number;
	/** The media data by clip. */
	parts: MediaPart[][];
	/** In pixels, as displayed. */
	width: number;
	height: number;
	hasAudio: boolean;
}

/**
 * Writes the headers of the joined video, and lists what follows them.
 *
 * @throws Mp4Error with the clip's index if the samples of a clip overlap in its file
 */
export function planJoin(clips: Clip[], layout: Layout): JoinPlan {
	const entries = videoEntries(clips.map(({ video }) => video.config));
	const media = new MediaPlacement(clips, layout, Math.max(...entries.numbers) > 1);
	layout.clips.forEach((placed, index) => {
		const clip = clips[index];
		if (clip) media.add(clip, placed, entries.numbers[index] ?? 1);
	});
	const display = clips[0]?.video.display;
	const edits = videoEdits(layout);
	const videoLength = edits.reduce((sum, { length }) => sum + length, 0);
	const config = clips.find(({ audio }) => audio)?.audio?.config;
	const sound = layout.audio && audioEdits(layout.audio, media.audio, layout.videoTimescale);
	const soundLength = (sound ?? []).reduce((sum, { length }) => sum + length, 0);
	const movie: OutputMovie = {
		timescale: layout.videoTimescale,
		length: Math.max(videoLength, soundLength),
		tracks: [
			{
				timescale: layout.videoTimescale,
				tables: media.video,
				entries: entries.box,
				edits: isWhole(edits) ? [] : edits,
				display,
			},
			...(layout.audio && config && sound
				? [
						{
							timescale: layout.audio.timescale,
							tables: media.audio,
							entries: audioEntry(config),
							edits: isWhole(sound) ? [] : sound,
						},
					]
				: []),
		],
	};
	return {
		head: writeHead(movie, media.bytes),
		mediaBytes: media.bytes,
		parts: media.parts,
		...(display ? displaySize(display) : { width: 0, height: 0 }),
		hasAudio: layout.audio !== undefined,
	};
}

/** One part for each clip; adjacent parts are merged. */
function videoEdits({ clips, videoDelay }: Layout): EditPart[] {
	const edits: EditPart[] = videoDelay > 0 ? [{ length: videoDelay, mediaStart: -1 }] : [];
	for (const { video } of clips) {
		const last = edits.at(-1);
		const goesOn =
			last && last.mediaStart >= 0 && last.mediaStart + last.length === video.mediaStart;
		if (last && goesOn) last.length += video.length;
		else edits.push({ length: video.length, mediaStart: video.mediaStart });
	}
	return edits;
}

/** The sound from its start to its end; frames that only prepare the decoder are not played. */
function audioEdits(audio: AudioLayout, tables: TrackTables, movieTimescale: number): EditPart[] {
	const delay = Math.round(audio.startSeconds * movieTimescale);
	const mediaStart = Math.max(0, Math.round(-audio.startSeconds * audio.timescale));
	const units = Math.max(0, tables.total - mediaStart);
	return [
		...(delay > 0 ? [{ length: delay, mediaStart: -1 }] : []),
		// Rounded up, so that no frame is cut.
		{ length: Math.ceil((units / audio.timescale) * movieTimescale), mediaStart },
	];
}

function isWhole(edits: EditPart[]): boolean {
	return edits.length === 1 && edits[0]?.mediaStart === 0;
}
