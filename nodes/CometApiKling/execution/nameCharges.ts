import { NOTHING_CHARGED } from '../actions/invalidParameter';
import type { NodeError } from '../output/nodeError';
import type { ItemCharges, Ledger } from '../purchase/ledger/ledger';
import { SPEECH_CHARGED } from '../purchase/submit/purchaseError';

/** Enough to read; the error's context has the IDs of all items. */
const MAX_LISTED_ITEMS = 20;

/**
 * Adds to the error that ends a run what its item and all others were or may have been charged for,
 * in this try and in earlier ones: n8n shows no other error, and there is no output.
 */
export function nameCharges(error: NodeError, itemIndex: number, ledger: Ledger): NodeError {
	const charges = ledger.charges();
	const own = charges.get(itemIndex);
	charges.delete(itemIndex);
	const others = [...charges];
	const tasks = others.map(
		([index, { taskIds, speechIds }]): IdsOfItem => [
			index,
			taskIds.length > 0 ? taskIds : speechIds,
		],
	);
	const unconfirmed = others.map(
		([index, { unconfirmedIds }]): IdsOfItem => [index, unconfirmedIds],
	);
	const known = error.description ?? '';
	const description = [
		...(own ? known.split(NOTHING_CHARGED).map((part) => part.trim()) : [known]),
		...(own ? ownCharges(error, own) : []),
		...sentence(
			'These tasks of other items continue at CometAPI, and retrying the execution resumes them',
			listOf(tasks),
		),
		...sentence('External IDs of other items whose tasks may exist', listOf(unconfirmed)),
	];
	error.description = description.filter((part) => part !== '').join(' ');
	addIds(error, 'other_task_ids', tasks);
	addIds(error, 'other_external_task_ids', unconfirmed);
	return error;
}

/** What the error does not say yet about its own item. */
function ownCharges(
	error: NodeError,
	{ taskIds, speechIds, unconfirmedIds }: ItemCharges,
): string[] {
	const text = `${error.message} ${error.description ?? ''}`;
	// An ID such as `ep-1` must not be taken for a part of `ep-10`.
	const words = new Set(text.split(/[^\w.-]+/).map((word) => word.replace(/\.$/, '')));
	const isNew = (id: string): boolean => !words.has(id);
	const saysNothingCharged = text.includes(NOTHING_CHARGED);
	const namesTask = error.context.task_id !== undefined || text.includes(SPEECH_CHARGED);
	const onlySpeech = taskIds.length === 0 && (saysNothingCharged || !namesTask);
	return [
		...sentence('Tasks of this item that were charged', taskIds.filter(isNew).join(', ')),
		...sentence(
			'Speech of this item that was charged',
			onlySpeech ? speechIds.filter(isNew).join(', ') : '',
		),
		...sentence(
			'Tasks with these external IDs may have been charged',
			unconfirmedIds.filter(isNew).join(', '),
		),
	];
}

type IdsOfItem = [itemIndex: number, ids: string[]];

function listOf(items: IdsOfItem[]): string {
	const listed = items.filter(([, ids]) => ids.length > 0);
	const more = listed.length - MAX_LISTED_ITEMS;
	return listed
		.slice(0, MAX_LISTED_ITEMS)
		.map(([index, ids]) => `item ${index}: ${ids.join(', ')}`)
		.concat(more > 0 ? `and ${more} more` : [])
		.join('; ');
}

function sentence(start: string, list: string): string[] {
	return list === '' ? [] : [`${start}: ${list}.`];
}

function addIds(error: NodeError, name: string, items: IdsOfItem[]): void {
	const ids = items.flatMap(([, idsOfItem]) => idsOfItem);
	if (ids.length > 0) error.context[name] = ids;
}
