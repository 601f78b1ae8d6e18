import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import packageJson from '../../../package.json';
import { PROJECT_FOLDER } from '../../harness/project';
import { isRecord } from '../../support/isRecord';
import { NODE_DESCRIPTION, TRIGGER_DESCRIPTION } from '../../support/parameterIssues';

const FOLDER = path.join(PROJECT_FOLDER, 'nodes/CometApiKling');

/** The categories of n8n's node creator; it does not show nodes in any other category. */
const CATEGORIES = [
	'AI',
	'Analytics',
	'Communication',
	'Core Nodes',
	'Cybersecurity',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];

const NODES = [
	['CometApiKling', NODE_DESCRIPTION],
	['CometApiKlingTrigger', TRIGGER_DESCRIPTION],
] as const;

function textsOf(value: unknown): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}

describe.each(NODES)('%s', (className, description) => {
	const file = readFileSync(path.join(FOLDER, `${className}.node.json`), 'utf8');
	const codex: unknown = JSON.parse(file);
	if (!isRecord(codex)) throw new Error('The codex file is not an object.');

	test('the codex file belongs to the node', () => {
		expect(codex.node).toBe(`${packageJson.name}.${description.name}`);
		expect(codex.nodeVersion).toBe(`${String(description.version)}.0`);
		expect(codex.codexVersion).toBe('1.0');
	});

	test('its categories exist in n8n', () => {
		const categories = textsOf(codex.categories);
		expect(categories.length).toBeGreaterThan(0);
		expect(categories.filter((category) => !CATEGORIES.includes(category))).toEqual([]);
		const parents = isRecord(codex.subcategories) ? Object.keys(codex.subcategories) : [];
		expect(parents.filter((parent) => !categories.includes(parent))).toEqual([]);
	});

	test('its search words are in English and unique', () => {
		const alias = textsOf(codex.alias).map((word) => word.toLowerCase());
		expect(alias.length).toBeGreaterThan(5);
		expect(new Set(alias).size).toBe(alias.length);
		for (const word of alias) expect(word).toMatch(/^[a-z0-9 ]+$/);
	});

	test("its links point to the package's own documentation", () => {
		const resources = isRecord(codex.resources) ? codex.resources : {};
		const links = Object.values(resources)
			.flatMap((list): unknown[] => (Array.isArray(list) ? list : []))
			.map((entry) => (isRecord(entry) ? String(entry.url) : ''));
		expect(Object.keys(resources).sort()).toEqual([
			'credentialDocumentation',
			'primaryDocumentation',
		]);
		const home = packageJson.homepage.replace(/#.*$/, '');
		for (const link of links) expect(link.startsWith(`${home}#`)).toBe(true);
	});

	test('the node has a light and a dark icon', () => {
		const { icon } = description;
		if (typeof icon !== 'object') throw new Error('There is one icon for both.');
		for (const name of [icon.light, icon.dark]) {
			expect(existsSync(path.join(FOLDER, name.replace('file:', '')))).toBe(true);
		}
		expect(icon.light).not.toBe(icon.dark);
	});
});

test("the subtitles show the node's settings", () => {
	expect(NODE_DESCRIPTION.subtitle).toBe(
		'={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
	);
	expect(TRIGGER_DESCRIPTION.subtitle).toContain('$parameter');
});

test('the node can be a tool of an AI agent', () => {
	expect(NODE_DESCRIPTION.usableAsTool).toBe(true);
	expect(NODE_DESCRIPTION.version).toBe(1);
});
