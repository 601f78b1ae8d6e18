/**
 * Summarizes the latest mutation runs by core: prints the table and every mutant that survived.
 * `node test/mutation/table.mjs --write` also puts the table into docs/maintainers/testing.md.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { CORES } from './cores.mjs';

const CAUGHT = ['Killed', 'Timeout'];
const COUNTED = [...CAUGHT, 'Survived', 'NoCoverage'];

function mutantsOf(core) {
	const report = `out/mutation/${core}.json`;
	if (!existsSync(report)) return undefined;
	const { files } = JSON.parse(readFileSync(report, 'utf8'));
	return Object.entries(files).flatMap(([file, { mutants, source }]) =>
		mutants
			.filter(({ status }) => COUNTED.includes(status))
			.map((mutant) => ({ ...mutant, file, source })),
	);
}

/** The changed code, on one line, and its replacement. */
function changeOf({ source, location: { start, end }, replacement }) {
	const lines = source.split('\n').slice(start.line - 1, end.line);
	const last = lines.length - 1;
	lines[last] = lines[last].slice(0, end.column - 1);
	lines[0] = lines[0].slice(start.column - 1);
	return [lines.join(' '), replacement].map((code) => code.replace(/\s+/g, ' ').slice(0, 80));
}

const rows = Object.keys(CORES).map((core) => {
	const mutants = mutantsOf(core);
	if (!mutants) return `| ${core} | not run | | | |`;
	const count = (...wanted) => mutants.filter(({ status }) => wanted.includes(status)).length;
	const score = ((100 * count(...CAUGHT)) / mutants.length).toFixed(1);
	return `| ${core} | ${mutants.length} | ${count(...CAUGHT)} | ${count('Survived', 'NoCoverage')} | ${score} % |`;
});
const table = [
	'| Area | Mutants | Caught | Survived | Score |',
	'| --- | --- | --- | --- | --- |',
	...rows,
].join('\n');
console.log(table);

if (process.argv.includes('--write')) {
	const page = 'docs/maintainers/testing.md';
	const marked = /(<!-- mutation table -->\n\n)[^]*?(\n\n<!-- end of the mutation table -->)/;
	const text = readFileSync(page, 'utf8').replace(marked, (_, start, end) => start + table + end);
	writeFileSync(page, text);
}

for (const core of Object.keys(CORES)) {
	for (const mutant of mutantsOf(core) ?? []) {
		if (CAUGHT.includes(mutant.status)) continue;
		const [before, after] = changeOf(mutant);
		const place = `${mutant.file.split('/').slice(-2).join('/')}:${mutant.location.start.line}`;
		console.log(`- ${place} ${mutant.status}: \`${before}\` → \`${after}\``);
	}
}
