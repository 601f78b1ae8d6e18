import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

import { PROJECT_FOLDER } from '../harness/project';

const FOLDERS = ['nodes', 'credentials'];

/** A text in the code that ships; `…` stands for values that are inserted at run time. */
export interface SourceText {
	/** Name of the file that it is in. */
	file: string;
	/** The name of the property that has this value, if any. */
	property?: string;
	/** The function or class that receives it, if any: `invalidParameter('Text', …)`. */
	call?: string;
	text: string;
}

/** Every text in the code that ships. */
export function sourceTexts(): SourceText[] {
	return FOLDERS.flatMap((folder) =>
		readdirSync(path.join(PROJECT_FOLDER, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.flatMap((file) => textsIn(path.join(PROJECT_FOLDER, folder, file))),
	);
}

function textsIn(file: string): SourceText[] {
	const source = ts.createSourceFile(
		file,
		readFileSync(file, 'utf8'),
		ts.ScriptTarget.ES2022,
		true,
	);
	const texts: SourceText[] = [];
	const visit = (node: ts.Node): void => {
		const text = textOf(node);
		if (text !== undefined) {
			const { parent } = node;
			const isValue = ts.isPropertyAssignment(parent) && ts.isIdentifier(parent.name);
			texts.push({
				file: path.basename(file),
				text,
				call: callAround(node),
				...(isValue && { property: parent.name.getText() }),
			});
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return texts;
}

function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteralLike(node)) return node.text;
	if (!ts.isTemplateExpression(node)) return undefined;
	return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('');
}

/** The function or class that receives a node as an argument, if it has a plain name. */
function callAround(node: ts.Node): string | undefined {
	let { parent } = node;
	while (parent && !ts.isCallExpression(parent) && !ts.isNewExpression(parent))
		({ parent } = parent);
	return parent && ts.isIdentifier(parent.expression) ? parent.expression.text : undefined;
}
