/**
 * Checks the UI texts and errors against n8n's guidelines for verified nodes:
 * docs.n8n.io/connect/create-nodes/build-your-node/reference/ux-guidelines and
 * docs.n8n.io/connect/create-nodes/plan-your-node/node-ui-design
 */
import { NODE_DESCRIPTION, TRIGGER_DESCRIPTION } from '../../support/parameterIssues';
import { errorTexts } from './errorTexts';
import { ACTIONS, LISTS, PLACEHOLDERS, PROPERTIES, SENTENCES, TITLES } from './parameterTexts';

/** Words that stay lower case within a title. */
const SMALL_WORDS = new Set(
	'a an the and or nor but for in into of on to by with from at as'.split(' '),
);

/** Names that keep their case within a sentence: those of products, labels and files. */
const NAMES = new RegExp(
	[
		'Allowed HTTP Request Domains|HTTP Request|CometAPI Kling Trigger|CometAPI|Kling|TTS|API|Base URL|URLs?|IDs?|JPG|PNG|MP3|MP4|WAV|M4A|AAC|POST|MB|GB|HTTP|N8N_WEBHOOK_URL|WEBHOOK_URL|n8n',
		'Callback|Callback URL|Webhook URLs|Task > Get|Speech > Generate|Audio Source|Text|English|Poll|Pro',
		'Max Wait|Retry execution|External Task ID|On Task Failure',
		'Avatar > Create|Video > Join|SRT|H\\.264|Chinese|Edit Image|Dry Run',
	].join('|'),
	'g',
);

const list = (texts: Array<{ where: string; text: string }>): Array<[string, string]> =>
	[...new Map(texts.map(({ where, text }) => [`${where}: ${text}`, [where, text] as const]))].map(
		([, [where, text]]) => [where, text],
	);

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+(?=\p{Lu})/u);

test('there are texts to check', () => {
	expect(TITLES.length).toBeGreaterThan(60);
	expect(SENTENCES.length).toBeGreaterThan(50);
	expect(PLACEHOLDERS.length).toBeGreaterThan(10);
	expect(ACTIONS).toHaveLength(4);
	expect(errorTexts().length).toBeGreaterThan(100);
});

describe('labels and choices', () => {
	test.each(list(TITLES))('%s: "%s" is in title case', (_where, text) => {
		const words = text.split(/[\s-]+/).map((word) => word.replace(/[()]/g, ''));
		words.forEach((word, index) => {
			const isInner = index > 0 && index < words.length - 1;
			if (isInner && SMALL_WORDS.has(word)) return;
			expect(word).toMatch(/^[A-Z0-9]/);
		});
		expect(text).not.toMatch(/[.:!?]$/);
	});

	test.each(
		LISTS.map(({ property, choices }): [string, string[]] => [
			property.name,
			choices.map(({ name }) => name),
		]),
	)('the choices of %s are in alphabetical order: %j', (_name, names) => {
		expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
		expect(new Set(names).size).toBe(names.length);
	});

	test.each(PROPERTIES.filter(({ type }) => type === 'collection'))(
		'the options in $name of $displayName are in alphabetical order',
		({ options, placeholder }) => {
			const names = (options ?? []).map((one) => ('displayName' in one ? one.displayName : ''));
			expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
			expect(placeholder).toBe('Add option');
		},
	);
});

describe('tooltips, hints and notices', () => {
	test.each(list(SENTENCES))('%s: "%s" is in sentence case', (_where, text) => {
		const [first = '', ...rest] = text.replace(NAMES, 'x').split(/\s+/);
		expect(text[0]).toMatch(/[\p{Lu}\d]/u);
		expect(first).toBeDefined();
		const afterFullStop = new Set(
			sentencesOf(text.replace(NAMES, 'x')).map((s) => s.split(' ')[0]),
		);
		for (const word of rest) {
			if (!afterFullStop.has(word)) expect(word).not.toMatch(/^\p{Lu}/u);
		}
	});

	test.each(list(SENTENCES))('%s: "%s" ends correctly', (_where, text) => {
		// A single sentence has no full stop; if there are several, each has one.
		if (sentencesOf(text).length === 1) expect(text).not.toMatch(/\.$/);
		else expect(text).toMatch(/[.!?]$/);
		expect(text).toBe(text.trim());
		expect(text).not.toMatch(/ {2}/);
	});

	test.each(PROPERTIES.filter(({ type }) => type === 'boolean'))(
		'$displayName says "Whether …"',
		({ description }) => {
			expect(description).toMatch(/^Whether /);
		},
	);

	test.each(PROPERTIES)('$displayName says more than its label', ({ displayName, description }) => {
		const plain = (text = '') => text.toLowerCase().replace(/^(the|a|an) /, '');
		expect(plain(description)).not.toBe(plain(displayName));
	});
});

test.each(list(PLACEHOLDERS))('%s: the placeholder "%s" is an example', (_where, text) => {
	expect(text).toMatch(/^e\.g\. \S/);
});

describe('actions', () => {
	test.each(list(ACTIONS))('%s: "%s" is in sentence case, without articles', (_where, text) => {
		expect(text).toMatch(/^[A-Z][a-z]+( [a-z]+)+$/);
		expect(text).not.toMatch(/\b(a|an|the)\b/i);
	});

	test('every operation has an action', () => {
		const operations = LISTS.filter(({ property }) => property.name === 'operation');
		expect(operations).toHaveLength(4);
		for (const { choices } of operations) {
			for (const { action, description } of choices) {
				expect(action).toBeDefined();
				expect(description).not.toBe(action);
			}
		}
	});
});

describe('terms', () => {
	const all = [...TITLES, ...SENTENCES, ...PLACEHOLDERS, ...ACTIONS, ...errorTexts()];

	test.each([
		['binary property', /binary (data )?propert/i],
		['binary data', /binary data/i],
		['please', /\bplease\b/i],
		['JavaScript values', /\bundefined\b|\bNaN\b|\[object/],
		['Latin abbreviations except e.g.', /\bi\.e\.|\betc\b/],
		['put out', /\bput(s|ting)? out\b/i],
		['is no', /(?<!there )\b(is|are) no (?!longer\b)/i],
		['taken off', /\b(taken?|takes) off\b/i],
		['where, for a condition', /, where\b|\bwhere (it|they|the|this|that|no|nothing|n8n) /i],
		['Get task, for Task > Get', /\b(Get [Tt]ask|Generate [Ss]peech)\b(?!$)/],
	])('no text contains "%s"', (_name, pattern) => {
		expect(all.filter(({ text }) => pattern.test(text))).toEqual([]);
	});

	test('all texts are in English: no letters of other scripts', () => {
		expect(all.filter(({ text }) => !/^[\x20-\x7e\n…–×]*$/.test(text))).toEqual([]);
		const names = [NODE_DESCRIPTION, TRIGGER_DESCRIPTION].map(({ name }) => name);
		for (const name of [...names, ...PROPERTIES.map((property) => property.name)]) {
			expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
		}
	});

	test('fields for files have the names that n8n uses', () => {
		const binary = PROPERTIES.filter(({ name }) => /binaryProperty/i.test(name));
		expect(binary.length).toBeGreaterThanOrEqual(5);
		for (const { name, displayName, hint } of binary) {
			if (name === 'binaryPropertyOutput') {
				expect(displayName).toBe('Put Output File in Field');
				expect(hint).toBe('The name of the output binary field to put the file in');
			} else {
				expect(displayName).toMatch(/Input Binary Field$/);
				expect(hint).toMatch(/^The name of the input binary field containing the \w+$/);
			}
		}
	});

	test("Simplify is on by default, with n8n's usual description", () => {
		const simplify = PROPERTIES.filter(({ name }) => name === 'simplify');
		expect(simplify).toHaveLength(4);
		for (const { displayName, default: isOn, description } of simplify) {
			expect([displayName, isOn]).toEqual(['Simplify', true]);
			expect(description).toBe(
				'Whether to return a simplified version of the response instead of the raw data',
			);
		}
	});
});

describe('errors', () => {
	const BLAME = /\b(errors?|problems?|failures?|mistakes?|invalid|illegal|wrong|incorrect)\b/i;

	test.each(list(errorTexts()))('%s: "%s" does not blame the user', (_where, text) => {
		expect(text.replace(NAMES, 'x')).not.toMatch(BLAME);
		expect(text).not.toMatch(/!/);
	});
});
