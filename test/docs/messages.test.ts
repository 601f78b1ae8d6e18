import { readDocument, type Document } from './markdown';
import { sourceTexts } from './sourceTexts';

const texts = sourceTexts();

/** The pages that quote messages, and the minimum number of messages in each. */
const DOCUMENTS: Array<[file: string, atLeast: number]> = [
	['README.md', 5],
	['docs/troubleshooting.md', 40],
];

/** The messages in a document: the first column of each table of messages. */
function messagesIn({ tables }: Document): string[] {
	return tables
		.filter(({ header }) => header[0] === 'Message')
		.flatMap(({ rows }) => rows.map(([message]) => message ?? ''));
}

/** Errors about parameters consist of two texts: `The parameter "…" …`. */
const COMPLAINT = /^The parameter "…" /;

/** Whether a text in the code starts with this message. */
function isSaid(message: string): boolean {
	const said = message.replace(COMPLAINT, '').replace(/…$/, '').trim();
	return texts.some(({ text }) => normalized(text).includes(normalized(said)));
}

/** Values that are inserted at run time may be in quotation marks or not. */
function normalized(text: string): string {
	return text.replace(/…+/g, '*').replace(/\s+/g, ' ');
}

test.each(DOCUMENTS)('every message quoted in %s is one of the node', (file, atLeast) => {
	const messages = messagesIn(readDocument(file));
	expect(messages.length).toBeGreaterThanOrEqual(atLeast);
	expect(messages.filter((message) => !isSaid(message))).toEqual([]);
});

test('the troubleshooting page has every fault of the service and every way in which a wait ends', () => {
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
