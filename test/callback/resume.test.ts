import { errorItem } from '../../nodes/CometApiKling/callback/resume';
import { klingNode } from '../harness/index';

test('the error of an item that was never submitted contains the node without its files', () => {
	const node = klingNode({ imageBase64: 'iVBORw0KGgo'.repeat(1000), prompt: 'Hello' });
	const item = errorItem(node, { kind: 'error', itemIndex: 2, error: 'It was refused' });
	expect(item).toMatchObject({ json: { error: 'It was refused' }, pairedItem: { item: 2 } });
	expect(item.error?.message).toBe('It was refused');
	expect(item.error?.node?.parameters.prompt).toBe('Hello');
	expect(JSON.stringify(item.error)).not.toContain('iVBORw0KGgo');
	expect(JSON.stringify(item.error?.node)).not.toContain('iVBORw0KGgo');
});
