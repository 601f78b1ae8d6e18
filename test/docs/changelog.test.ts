import packageJson from '../../package.json';
import { readDocument } from './markdown';

const changelog = readDocument('CHANGELOG.md');

/** Versions with their dates, newest first. */
const released = changelog.headings.flatMap((heading) => {
	const [, version, date] = /^(\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)$/.exec(heading) ?? [];
	return version !== undefined && date !== undefined ? [{ version, date }] : [];
});

test('the newest version is the version of the package', () => {
	expect(released[0]?.version).toBe(packageJson.version);
});

test('has a section for unreleased changes at the top', () => {
	expect(changelog.headings[1]).toBe('Unreleased');
});

test('every version has a date, and none is newer than the one above it', () => {
	expect(changelog.headings).toHaveLength(released.length + 2 + countOfKinds());
	const dates = released.map(({ date }) => date);
	expect(dates).toEqual([...dates].sort().reverse());
});

/** Headings such as "Added", by which Keep a Changelog groups changes. */
function countOfKinds(): number {
	const kinds = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
	return changelog.headings.filter((heading) => kinds.includes(heading)).length;
}
