import { existsSync } from 'node:fs';
import path from 'node:path';

import codex from '../../nodes/CometApiKling/CometApiKling.node.json';
import triggerCodex from '../../nodes/CometApiKling/CometApiKlingTrigger.node.json';
import packageJson from '../../package.json';
import { PROJECT_FOLDER } from '../harness/project';
import { documentFiles, readDocument } from './markdown';

const documents = documentFiles().map(readDocument);
const anchorsOf = new Map(documents.map(({ file, anchors }) => [file, anchors]));

/** What is wrong with a link in a document; `undefined` if its target exists. */
function complaintAbout(link: string, file: string): string | undefined {
	if (/^(https|mailto):/.test(link)) return undefined;
	const [target = '', anchor] = link.split('#');
	const place = target === '' ? file : path.join(path.dirname(file), target);
	if (!existsSync(path.join(PROJECT_FOLDER, place))) return `${link} leads nowhere`;
	if (anchor === undefined || anchorsOf.get(place)?.includes(anchor)) return undefined;
	return `${link}: there is no such heading`;
}

test.each(documents.map((document) => [document.file, document] as const))(
	'%s: every link and image exists',
	(_file, { file, links, images }) => {
		const complaints = [...links, ...images].map((link) => complaintAbout(link, file));
		expect(complaints.filter((complaint) => complaint !== undefined)).toEqual([]);
	},
);

test('detects a link to a missing target', () => {
	expect(complaintAbout('docs/nothing.md', 'README.md')).toContain('leads nowhere');
	expect(complaintAbout('#nothing', 'README.md')).toContain('no such heading');
	expect(complaintAbout('README.md#operations', 'README.md')).toBeUndefined();
});

test('the links that n8n shows for the nodes lead to existing headings', () => {
	const { resources } = codex;
	const shown = [resources, triggerCodex.resources].flatMap((links) => [
		...links.primaryDocumentation,
		...links.credentialDocumentation,
	]);
	const [page] = packageJson.homepage.split('#');
	for (const { url } of shown) {
		const [address, anchor] = url.split('#');
		expect(address).toBe(page);
		expect(anchorsOf.get('README.md')).toContain(anchor);
	}
});
