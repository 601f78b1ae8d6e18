import type { INodeProperties } from 'n8n-workflow';

type Conditions = NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>;

/** Limits the properties to one operation of one resource, on top of their own conditions. */
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
