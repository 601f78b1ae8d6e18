import { addAudioSeconds } from '../../nodes/CometApiKling/talk/totalSeconds';

const exact = (itemIndex: number, seconds: number) => ({ itemIndex, seconds, estimated: false });

test('adds up and names the three longest', () => {
	const items = [exact(0, 5), exact(1, 20), exact(2, 7.5), exact(3, 20), exact(4, 1)];
	expect(addAudioSeconds(items, 60)).toEqual({
		seconds: 53.5,
		estimated: false,
		isOverLimit: false,
		longest: [exact(1, 20), exact(3, 20), exact(2, 7.5)],
	});
});

test('unknown lengths count as a minute and make the sum an estimate', () => {
	const total = addAudioSeconds([{ itemIndex: 3, estimated: false }, exact(4, 5)], 64.9);
	expect(total).toEqual({
		seconds: 65,
		estimated: true,
		isOverLimit: true,
		longest: [{ itemIndex: 3, seconds: 60, estimated: true }, exact(4, 5)],
	});
});

test('an estimated item makes the sum an estimate', () => {
	expect(addAudioSeconds([{ itemIndex: 0, seconds: 9, estimated: true }], 10).estimated).toBe(true);
});

test.each([
	[1, false],
	[0.999, true],
])('ten times 0.1 s against a limit of %d s', (limit, isOverLimit) => {
	const items = Array.from({ length: 10 }, (_, index) => exact(index, 0.1));
	expect(addAudioSeconds(items, limit)).toMatchObject({ seconds: 1, isOverLimit });
});

test('without a limit, no total exceeds it', () => {
	expect(addAudioSeconds([exact(0, 1e9)]).isOverLimit).toBe(false);
	expect(addAudioSeconds([], 0)).toEqual({
		seconds: 0,
		estimated: false,
		isOverLimit: false,
		longest: [],
	});
});
