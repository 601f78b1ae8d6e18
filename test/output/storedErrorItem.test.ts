import { storedErrorItem } from '../../nodes/CometApiKling/output/errorItem';
import { klingNode } from '../harness/index';

const JSON_FIELDS = { row: 7, error: 'It was refused', external_task_id: 'mine' };

function resumed(onError: 'continueRegularOutput' | 'continueErrorOutput') {
	const node = klingNode({}, { onError });
	return storedErrorItem(
		{ getNode: () => node },
		{ json: { ...JSON_FIELDS }, pairedItem: { item: 2 } },
	);
}

test('an item that failed before the wait keeps its fields at the regular output', () => {
	expect(resumed('continueRegularOutput')).toEqual({
		json: JSON_FIELDS,
		pairedItem: { item: 2 },
	});
});

test('for the error output, the item contains only the error, by which n8n recognizes it', () => {
	// A waiting execution is stored as JSON, which drops the property that marks other error items.
	const item: unknown = JSON.parse(JSON.stringify(resumed('continueErrorOutput')));
	expect(item).toEqual({ json: { error: 'It was refused' }, pairedItem: { item: 2 } });
});
