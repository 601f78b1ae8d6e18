import { boxesIn } from '../../../nodes/CometApiKling/media/mp4/mp4Boxes';
import { readTrack, type Track } from '../../../nodes/CometApiKling/media/mp4/mp4Track';
import { TIMESCALE, box, track, words } from '../handMade';

function read(file: Buffer): Track {
	const [first] = boxesIn(file, 0, file.length);
	if (!first) throw new Error('There is no track.');
	return readTrack(file, first);
}

const NOTHING = { id: 0, handler: '', timescale: 0, sampleUnits: 0, isPicture: false };

test('reads a track from its headers', () => {
	expect(read(track({ samples: [[3, 100]], id: 7 }))).toEqual({
		id: 7,
		handler: 'soun',
		timescale: TIMESCALE,
		sampleUnits: 300,
		isPicture: false,
	});
});

/** Headers without their content; the last one ends the file. */
const EMPTY_HEADERS = [
	box('mdia', box('hdlr'), box('mdhd'), box('minf', box('stbl', box('stsd'), box('stts')))),
	box('tkhd'),
];

test.each([
	['headers', [box('mdia', box('minf', box('stbl')))]],
	['a table', [box('mdia', box('minf'))]],
	['anything', []],
	['content in its headers', EMPTY_HEADERS],
	['a time scale', [box('mdia', box('mdhd'))]],
])('reads a track without %s as empty', (_name, content) => {
	expect(read(box('trak', ...content))).toEqual(NOTHING);
});

test.each([
	['counts only the announced entries', [1, 3, 100, 4, 50], 300],
	['ignores missing entries', [9, 3, 100, 4, 50], 500],
	['ignores an incomplete entry', [2, 3, 100, 4], 300],
])('the table of samples: %s', (_name, [entries = 0, ...runs], units) => {
	const table = box('stbl', box('stts', words(0, entries, ...runs)));
	expect(read(box('trak', box('mdia', box('minf', table)))).sampleUnits).toBe(units);
});
