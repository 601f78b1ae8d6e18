import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { CometApiKlingApi } from '../../../credentials/CometApiKlingApi.credentials';
import { NODE_DESCRIPTION, TRIGGER_DESCRIPTION } from '../../support/parameterIssues';

/** A UI text and its location, for messages. */
export interface ParameterText {
	where: string;
	text: string;
}

/** A choice in a drop-down list. */
export interface Choice {
	name: string;
	value: unknown;
	description?: string;
	action?: string;
}

const NODES: INodeTypeDescription[] = [NODE_DESCRIPTION, TRIGGER_DESCRIPTION];

/** All parameters of the nodes and of the credential, including those within collections. */
export const PROPERTIES: INodeProperties[] = [
	...NODES.flatMap(({ properties }) => properties),
	...new CometApiKlingApi().properties,
].flatMap(withInner);

/** The lists of choices, by parameter. */
export const LISTS: Array<{ property: INodeProperties; choices: Choice[] }> = PROPERTIES.flatMap(
	(property) => {
		const choices = (property.options ?? []).filter((option) => 'value' in option);
		return choices.length === 0 ? [] : [{ property, choices }];
	},
);

/** Texts in title case: labels, choices, and the modes of a resource locator. */
export const TITLES: ParameterText[] = [
	...NODES.flatMap(({ displayName, defaults }) => [displayName, String(defaults.name)]).map(
		(text) => ({ where: 'node', text }),
	),
	...PROPERTIES.filter(({ type }) => type !== 'notice').map(({ name, displayName }) => ({
		where: name,
		text: displayName,
	})),
	...LISTS.flatMap(({ property, choices }) =>
		choices.map(({ name }) => ({ where: property.name, text: name })),
	),
	...PROPERTIES.flatMap(({ name, modes }) =>
		(modes ?? []).map(({ displayName }) => ({ where: name, text: displayName })),
	),
];

/** Texts in sentence case: tooltips, hints and notices. */
export const SENTENCES: ParameterText[] = [
	...NODES.map(({ name, description }) => ({ where: name, text: description })),
	...PROPERTIES.flatMap(({ name, type, displayName, description, hint, modes }) =>
		[
			description,
			hint,
			type === 'notice' ? displayName : undefined,
			...(modes ?? []).map((mode) => mode.hint),
		].flatMap((text) => (text === undefined ? [] : { where: name, text })),
	),
	...LISTS.flatMap(({ property, choices }) =>
		choices.flatMap(({ description, name }) =>
			description === undefined ? [] : { where: `${property.name}: ${name}`, text: description },
		),
	),
];

/** Examples in empty fields. */
export const PLACEHOLDERS: ParameterText[] = PROPERTIES.filter(
	({ type }) => type !== 'collection',
).flatMap(({ name, placeholder, modes }) =>
	[placeholder, ...(modes ?? []).map((mode) => mode.placeholder)].flatMap((text) =>
		text === undefined ? [] : { where: name, text },
	),
);

export const ACTIONS: ParameterText[] = LISTS.flatMap(({ property, choices }) =>
	choices.flatMap(({ action }) =>
		action === undefined ? [] : { where: property.name, text: action },
	),
);

function withInner(property: INodeProperties): INodeProperties[] {
	const inner = (property.options ?? []).filter((option) => 'type' in option);
	return [property, ...inner.flatMap(withInner)];
}
