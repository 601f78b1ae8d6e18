import { checkBase64 } from '../../nodes/CometApiKling/media/base64';

it('handles text of 20 MB, whether valid or not', () => {
	const size = 20 * 1024 * 1024;
	expect(checkBase64('A'.repeat(size))).toMatchObject({ ok: true, bytes: (size / 4) * 3 });
	expect(checkBase64(' '.repeat(size)).ok).toBe(false);
	expect(checkBase64(`${'A'.repeat(size)}*`).ok).toBe(false);
	expect(checkBase64('data:;base64'.repeat(size / 12)).ok).toBe(false);
	expect(checkBase64('AAAA\n'.repeat(size / 5))).toMatchObject({ ok: true });
});
