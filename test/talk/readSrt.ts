/** A cue of an SRT file; times in milliseconds. */
export interface SrtCue {
	startMs: number;
	endMs: number;
	lines: string[];
}

const TIMES = /^(\d{2,}):(\d\d):(\d\d),(\d{3}) --> (\d{2,}):(\d\d):(\d\d),(\d{3})$/;

/**
 * Reads an SRT file strictly.
 *
 * @throws if a block has a wrong number, no times, no text or blank lines
 */
export function readSrt(srt: string): SrtCue[] {
	if (srt === '') return [];
	if (!srt.endsWith('\n')) throw new Error('The last line has no line end.');
	return srt
		.slice(0, -1)
		.split('\n\n')
		.map((block, index) => {
			const [number, times = '', ...lines] = block.split('\n');
			const numbers = TIMES.exec(times)?.slice(1).map(Number);
			if (number !== String(index + 1) || !numbers || lines.length === 0 || lines.includes('')) {
				throw new Error(`Block ${index + 1} is invalid: ${JSON.stringify(block)}`);
			}
			return { startMs: inMs(numbers.slice(0, 4)), endMs: inMs(numbers.slice(4)), lines };
		});
}

function inMs([hours = 0, minutes = 0, seconds = 0, ms = 0]: number[]): number {
	return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
}
