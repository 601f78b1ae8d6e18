import type { INodeProperties } from 'n8n-workflow';

type Conditions = NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>;

/** Shows the properties only for one operation of one resource, besides their own conditions. */
export function showFor(
	resource: string,
	operation: string,
	properties: INodeProperties[],
): INodeProperties[] {
	return properties.map((property) => {
		const own: Conditions = property.displayOptions?.show ?? {};
		return {
			...property,
			displayOptions: { show: { resource: [resource], operation: [operation], ...own } },
		};
	});
}
