import type { INodeProperties } from 'n8n-workflow';

import { CometApiKlingApi } from '../../credentials/CometApiKlingApi.credentials';
import { NODE_DESCRIPTION, TRIGGER_DESCRIPTION } from '../support/parameterIssues';
import { isRecord } from '../support/isRecord';
import { readDocument, tablesUnder, type Table } from './markdown';

const reference = readDocument('docs/reference.md');

/** A row of a table, by the heading of its column. */
type Row = Record<string, string>;

/** What the reference says under a heading, in the table whose first column has this heading. */
function rowsUnder(heading: string, firstColumn: string): Row[] {
	const tables = tablesUnder(reference, heading).filter(({ header }) => header[0] === firstColumn);
	return tables.flatMap(toRows);
}

function toRows({ header, rows }: Table): Row[] {
	return rows.map((cells) =>
		Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])),
	);
}

/** The fields of one operation, as the editor shows them below 'Operation'. */
function fieldsOf(resource: string): INodeProperties[] {
	return NODE_DESCRIPTION.properties.filter(
		({ name, displayOptions }) =>
			name !== 'operation' && displayOptions?.show?.resource?.includes(resource),
	);
}

function find(name: string): INodeProperties {
	const found = NODE_DESCRIPTION.properties.find((property) => property.name === name);
	if (!found) throw new Error(`There is no parameter ${name}.`);
	return found;
}

function optionsOf(fields: INodeProperties[]): INodeProperties[] {
	const collection = fields.find(({ name }) => name === 'options');
	return (collection?.options ?? []).filter((option) => 'type' in option);
}

/** Fields that have a value: neither the notice nor the collection. */
function withValue(fields: INodeProperties[]): INodeProperties[] {
	return fields.filter(({ type }) => !['notice', 'collection'].includes(type));
}

/** A default as users see it in the editor. */
function shownDefault(field: INodeProperties): string {
	const value: unknown = field.default;
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	if (isRecord(value)) return String(value.cachedResultName);
	const words = [value].flat().map((one) => choices(field).get(one) ?? String(one));
	return words.join(', ') || 'empty';
}

function choices(field: INodeProperties): Map<unknown, string> {
	const options = (field.options ?? []).filter((option) => 'value' in option);
	return new Map(options.map(({ value, name }) => [value, name]));
}

const OPERATIONS = [
	{ heading: 'Avatar > Create', resource: 'avatar', short: 'Create' },
	{ heading: 'Speech > Generate', resource: 'speech', short: 'Generate' },
	{ heading: 'Task > Get', resource: 'task', short: 'Get' },
	{ heading: 'Video > Join', resource: 'video', short: 'Join' },
];

const FORMS: Array<[string, INodeProperties[]]> = [
	...OPERATIONS.map(({ heading, resource }): [string, INodeProperties[]] => [
		heading,
		withValue(fieldsOf(resource)),
	]),
	['Trigger', withValue(TRIGGER_DESCRIPTION.properties)],
	['Credentials', withValue(new CometApiKlingApi().properties)],
];

describe.each(FORMS)('the table of %s', (heading, fields) => {
	const rows = rowsUnder(heading, 'Parameter');

	test('has every parameter, in the order of the editor, and no other', () => {
		expect(rows.map((row) => row.Parameter)).toEqual(fields.map((field) => field.displayName));
	});

	test('has the defaults', () => {
		expect(rows.map((row) => [row.Parameter, row.Default])).toEqual(
			fields.map((field) => [field.displayName, shownDefault(field)]),
		);
	});

	test('has every option', () => {
		for (const field of fields.filter(({ name }) => name !== 'taskType')) {
			const text = rows.find((row) => row.Parameter === field.displayName)?.['What it does'];
			for (const choice of choices(field).values()) expect(text).toContain(choice);
		}
	});
});

test('the headings are the resources and operations of the editor', () => {
	const resources = choices(find('resource'));
	const names = NODE_DESCRIPTION.properties
		.filter(({ name }) => name === 'operation')
		.flatMap((property) => {
			const [resource] = property.displayOptions?.show?.resource ?? [];
			return [...choices(property).values()].map((name) => `${resources.get(resource)} > ${name}`);
		});
	expect(OPERATIONS.map(({ heading }) => heading)).toEqual(names);
});

describe('the table of options', () => {
	const rows = rowsUnder('Options', 'Option');

	test.each(OPERATIONS)('has the options of $heading', ({ resource, short }) => {
		const own = rows.filter((row) => row.For?.split(', ').includes(short));
		expect(own.map((row) => [row.Option, row.Default])).toEqual(
			optionsOf(fieldsOf(resource)).map((option) => [option.displayName, shownDefault(option)]),
		);
	});

	test('has the options of the trigger in a separate table', () => {
		expect(rowsUnder('Trigger', 'Option').map((row) => [row.Option, row.Default])).toEqual(
			optionsOf(TRIGGER_DESCRIPTION.properties).map((option) => [
				option.displayName,
				shownDefault(option),
			]),
		);
	});

	test('has every option', () => {
		for (const option of optionsOf(fieldsOf('avatar'))) {
			const text = rows.find((row) => row.Option === option.displayName)?.['What it does'];
			for (const choice of choices(option).values()) expect(text).toContain(choice);
		}
	});
});

test('every task type is documented', () => {
	const taskType = fieldsOf('task').find(({ name }) => name === 'taskType');
	const kinds = taskType ? [...choices(taskType).values()] : [];
	expect(kinds.length).toBeGreaterThan(10);
	expect(reference.paragraphs.get('Task types')).toBe(`${kinds.join(', ')}.`);
});
