import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

import { PROJECT_FOLDER } from '../../harness/project';

/** What makes an error for the user: their arguments are its words. */
const MAKERS = ['bad', 'unusable', 'Problem', 'DownloadFault', 'RangeError', 'NodeOperationError'];

/** The words that go with a fault stand in a table. */
const TABLE_FIELDS = ['what', 'advice'];

export interface ErrorText {
	where: string;
	text: string;
}

/** All words of errors in the source; what is filled in at run time reads `…`. */
export function errorTexts(): ErrorText[] {
	const folder = path.join(PROJECT_FOLDER, 'nodes');
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.flatMap((file) => {
			const source = ts.createSourceFile(
				file,
				readFileSync(path.join(folder, file), 'utf8'),
				ts.ScriptTarget.ES2022,
			);
			return textsIn(source).map((text) => ({ where: path.basename(file), text }));
		});
}

function textsIn(node: ts.Node): string[] {
	if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
		const isMaker = ts.isIdentifier(node.expression) && MAKERS.includes(node.expression.text);
		if (isMaker) return (node.arguments ?? []).flatMap(wordsIn);
	}
	if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) {
		if (TABLE_FIELDS.includes(node.name.text)) return wordsIn(node.initializer);
	}
	return childrenOf(node).flatMap(textsIn);
}

function wordsIn(node: ts.Node): string[] {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
	if (ts.isTemplateExpression(node)) {
		const spans = node.templateSpans.map((span) => `…${span.literal.text}`);
		return [node.head.text + spans.join('')];
	}
	return childrenOf(node).flatMap(wordsIn);
}

function childrenOf(node: ts.Node): ts.Node[] {
	const children: ts.Node[] = [];
	ts.forEachChild(node, (child) => void children.push(child));
	return children;
}
