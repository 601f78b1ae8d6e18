import type { IExecuteFunctions } from 'n8n-workflow';

import type { Job, Result } from '../actions/job';
import { toNodeError } from '../output/nodeError';
import type { Ledger } from '../purchase/ledger/ledger';
import { nameCharges } from './nameCharges';

/** Beyond this number, invalid items are counted instead of listed. */
const MAX_LISTED_ITEMS = 10;

/**
 * Nothing is paid for if any item is invalid (docs/maintainers/decisions.md#items). The error names
 * the other invalid items, so that the user can correct all of them at once, and what earlier tries
 * paid for.
 *
 * @throws NodeOperationError of the first invalid item
 */
export function throwIfInvalid(
	context: IExecuteFunctions,
	checked: Array<Result<Job>>,
	ledger: Ledger,
): void {
	const invalidItems = checked.flatMap((item, itemIndex) =>
		item.ok ? [] : [{ itemIndex, thrown: item.thrown }],
	);
	const [first, ...others] = invalidItems;
	if (!first) return;
	const error = toNodeError(context.getNode(), first.thrown, first.itemIndex);
	if (checked.length > 1) {
		const otherItems = listOtherInvalidItems(others.map(({ itemIndex }) => itemIndex));
		error.description =
			`${error.description ?? ''} None of the ${checked.length} items was started${ledger.charges().size > 0 ? ' in this try' : ''}.${otherItems}`.trim();
	}
	throw nameCharges(error, first.itemIndex, ledger);
}

function listOtherInvalidItems(indexes: number[]): string {
	if (indexes.length === 0) return '';
	const listed = indexes.slice(0, MAX_LISTED_ITEMS).join(', ');
	const more = indexes.length - MAX_LISTED_ITEMS;
	return ` Other invalid items: ${listed}${more > 0 ? ` and ${more} more` : ''}.`;
}
