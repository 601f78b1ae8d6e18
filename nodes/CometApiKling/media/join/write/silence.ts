import type { AudioConfig } from '../read/audioConfig';
import { BitWriter } from './bitWriter';
import { Mp4Error } from '../read/mp4Error';

/** Elements of a frame (ISO/IEC 14496-3, table 4.85): their IDs and their numbers of channels. */
const SINGLE = { id: 0, channels: 1 };
const PAIR = { id: 1, channels: 2 };
const LOW_FREQUENCY = { id: 3, channels: 1 };
const END_ID = 7;

/** The elements of each channel layout (14496-3, table 1.19). */
const ELEMENTS: Record<number, Array<typeof SINGLE> | undefined> = {
	1: [SINGLE],
	2: [PAIR],
	3: [SINGLE, PAIR],
	4: [SINGLE, PAIR, SINGLE],
	5: [SINGLE, PAIR, PAIR],
	6: [SINGLE, PAIR, PAIR, LOW_FREQUENCY],
	7: [SINGLE, PAIR, PAIR, PAIR, LOW_FREQUENCY],
};

/**
 * `individual_channel_stream` of silence: gain 0, a long window, no scale factor bands and none of
 * the tools. All of its fields are 0: gain (8 bits), window (4), bands (6), prediction (1), three
 * tools (3).
 */
const SILENT_CHANNEL = '0'.repeat(22);

/**
 * A silent AAC frame of a few bytes, without an ADTS header.
 *
 * @throws Mp4Error for a channel layout that has no AAC number
 */
export function silentFrame({ channelConfig }: Pick<AudioConfig, 'channelConfig'>): Buffer {
	const elements = ELEMENTS[channelConfig];
	if (!elements) throw new Mp4Error('The audio has an unusual channel layout.');
	const tags = new Map<number, number>();
	const frame = new BitWriter();
	for (const { id, channels } of elements) {
		const tag = tags.get(id) ?? 0;
		tags.set(id, tag + 1);
		frame.fixed(id, 3).fixed(tag, 4);
		// Each channel of a pair has its own window: the `common_window` bit is 0.
		if (channels === 2) frame.fixed(0, 1);
		frame.repeated(SILENT_CHANNEL, channels);
	}
	return frame.fixed(END_ID, 3).bytes();
}
