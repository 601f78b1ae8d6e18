import type { INodeProperties } from 'n8n-workflow';

import { NODE_DESCRIPTION } from '../../support/parameterIssues';
import { SPEC_TABLE, type SpecOperation, type SpecParameter } from './specTable';

/** The parameters that the node shows for one operation of one resource. */
function shownFor({ resource, operation }: SpecOperation): INodeProperties[] {
	return NODE_DESCRIPTION.properties.filter(({ displayOptions }) => {
		const show = displayOptions?.show ?? {};
		return show.resource?.includes(resource) && show.operation?.includes(operation);
	});
}

function asSpec(property: INodeProperties, spec: SpecParameter | undefined): SpecParameter {
	const { name, default: value, type, options } = property;
	const offered = (options ?? []).map((option) => ('value' in option ? option.value : undefined));
	if (type === 'options') return { name, default: value, values: inOrderOf(offered, spec) };
	if (type === 'boolean') return { name, default: value, values: [true, false] };
	return { name, default: value };
}

/** The order of values only matters in the editor, so it is not compared. */
function inOrderOf(offered: unknown[], spec: SpecParameter | undefined): unknown[] {
	const order = (value: unknown) => spec?.values?.indexOf(value) ?? -1;
	return [...offered].sort((one, other) => order(one) - order(other));
}

describe.each(Object.values(SPEC_TABLE))('$resource:$operation', (spec) => {
	const shown = shownFor(spec);

	test('has the parameters of the specification, in order and with their defaults', () => {
		const parameters = shown.filter(({ type }) => type !== 'notice' && type !== 'collection');
		const found = parameters.map((property) =>
			asSpec(
				property,
				spec.parameters.find(({ name }) => name === property.name),
			),
		);
		expect(found).toEqual(spec.parameters);
	});

	test('has the options of the specification, with their defaults', () => {
		const collection = shown.find(({ name }) => name === 'options');
		expect(collection?.default).toEqual({});
		const found = (collection?.options ?? []).flatMap((option) =>
			'type' in option
				? asSpec(
						option,
						spec.options.find(({ name }) => name === option.name),
					)
				: [],
		);
		expect(found.sort((one, other) => one.name.localeCompare(other.name))).toEqual(spec.options);
	});
});

test('the node has no other operations', () => {
	const values = (name: string) =>
		NODE_DESCRIPTION.properties
			.filter((property) => property.name === name)
			.flatMap(({ options }) => (options ?? []).flatMap((o) => ('value' in o ? o.value : [])));
	expect(values('resource')).toEqual(['avatar', 'speech', 'task', 'video']);
	expect(values('operation')).toEqual(['create', 'generate', 'get', 'join']);
});

test('a voice can be selected from the list or by its ID', () => {
	for (const voice of NODE_DESCRIPTION.properties.filter(({ name }) => name === 'voice')) {
		expect(voice.type).toBe('resourceLocator');
		expect(voice.modes?.map(({ name, type }) => [name, type])).toEqual([
			['list', 'list'],
			['id', 'string'],
		]);
	}
});
