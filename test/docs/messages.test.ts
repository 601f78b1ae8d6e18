import { readDocument, type Document } from './markdown';
import { sourceTexts } from './sourceTexts';

const texts = sourceTexts();

/** The pages that quote messages, and how many they quote at least. */
const DOCUMENTS: Array<[file: string, atLeast: number]> = [
	['README.md', 5],
	['docs/troubleshooting.md', 40],
];

/** The messages in a document: the first columns of its tables of that name. */
function messagesIn({ tables }: Document): string[] {
	return tables
		.filter(({ header }) => header[0] === 'Message')
		.flatMap(({ rows }) => rows.map(([message]) => message ?? ''));
}

/** Complaints about parameters are put together of two texts: `The parameter "…" …`. */
const COMPLAINT = /^The parameter "…" /;

/** Whether a text in the code, or its beginning, reads like this. */
function isSaid(message: string): boolean {
	const said = message.replace(COMPLAINT, '').replace(/…$/, '').trim();
	return texts.some(({ text }) => normalized(text).includes(normalized(said)));
}

/** What is put in when the code runs may come with quotation marks or without. */
function normalized(text: string): string {
	return text.replace(/…+/g, '*').replace(/\s+/g, ' ');
}

test.each(DOCUMENTS)('every message quoted in %s is one of the node', (file, atLeast) => {
	const messages = messagesIn(readDocument(file));
	expect(messages.length).toBeGreaterThanOrEqual(atLeast);
	expect(messages.filter((message) => !isSaid(message))).toEqual([]);
});

test('every fault of the service, and every way a wait ends, is in the troubleshooting', () => {
	const quoted = messagesIn(readDocument('docs/troubleshooting.md'));
	const faults = texts.filter(({ property }) => property === 'what').map(({ text }) => text);
	const ends = texts
		.map(({ text }) => text)
		.filter((text) => /^(The wait for )?[Tt]ask …/.test(text));
	expect(faults.length).toBeGreaterThan(15);
	expect(ends.length).toBeGreaterThan(4);
	const isQuoted = (text: string) =>
		quoted.some((message) =>
			normalized(text).startsWith(normalized(message).replace(/[:*. ]+$/, '')),
		);
	expect([...faults, ...ends].filter((text) => !isQuoted(text))).toEqual([]);
});
