import { documentFiles, readDocument } from './markdown';

/** Phrases that a native speaker would not use, and retired terms of this project. */
const FOREIGN = [
	/\bput(s|ting)? out\b/i,
	/\b(take|takes|taken|taking|took) up\b(?! to)/i,
	/\b(come|comes|came|coming) to nothing\b/i,
	/\b(come|comes|came|coming) out\b/i,
	/\b(hand|hands|handed) on\b/i,
	/(?<!there )\bis no [a-z]/i,
	/\banew\b/i,
	/\bmend(s|ed|ing)?\b/i,
	/\bdearer\b/i,
	/\bpaid besides\b/i,
	/\bcalled after\b/i,
	/\ban earlier node\b/i,
	/\bthe node behind\b/i,
	/\bthis n8n\b/i,
	/\bsecond output\b/i,
	/\blicences?\b/i,
	/\bcancell(ed|ing)\b/i,
	/\blearnt\b/i,
	/\binto the output\b/i,
	/\bfor ever\b/i,
];

/** Markdown marks that are shown literally because something broke the words around them. */
const BROKEN_MARKS = /\\\*|^> \w+\*/m;

/** Pages that quote the words of others, or of the code. */
const QUOTING = ['docs/maintainers/service-notes.md'];

test.each(documentFiles().filter((file) => !QUOTING.includes(file)))(
	'%s is written in plain English',
	(file) => {
		const { text } = readDocument(file);
		const found = FOREIGN.flatMap((phrase) => phrase.exec(text)?.[0] ?? []);
		expect(found).toEqual([]);
		expect(text).not.toMatch(BROKEN_MARKS);
	},
);

const OPERATIONS = ['Avatar > Create', 'Speech > Generate', 'Task > Get', 'Video > Join'];

test('each operation has only one name', () => {
	const old = /\b(_?(Get|get) task_?|_Create avatar video_|_Generate speech_)\b/;
	const texts = documentFiles().map((file) => readDocument(file).text);
	expect(texts.filter((text) => old.test(text))).toEqual([]);
	const named = texts.flatMap((text) => text.match(/\b(Avatar|Speech|Task|Video) > \w+/g) ?? []);
	expect(new Set(named)).toEqual(new Set(OPERATIONS));
});
