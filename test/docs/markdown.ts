import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import GithubSlugger from 'github-slugger';
import { lexer, walkTokens, type Token, type Tokens } from 'marked';

import { PROJECT_FOLDER } from '../harness/project';

/** A table with the text of its cells as readers see it, without markup. */
export interface Table {
	/** The headings above it, from the outermost to the innermost. */
	under: string[];
	header: string[];
	rows: string[][];
}

/** A block of code; `label` is the text of a comment right before it. */
export interface CodeBlock {
	language: string;
	text: string;
	label?: string;
}

/** The parts of a document that tests need. */
export interface Document {
	/** The path from the root of the repository. */
	file: string;
	/** All its words, without blocks of code and words set as code. */
	text: string;
	/** Texts of its headings, in order. */
	headings: string[];
	/** The anchors that GitHub generates for its headings. */
	anchors: string[];
	/** Targets of its links and images, as they are written. */
	links: string[];
	images: string[];
	tables: Table[];
	/** The first paragraph under each heading. */
	paragraphs: Map<string, string>;
	blocks: CodeBlock[];
	/** Words formatted as code, outside of blocks. */
	codes: string[];
}

/** All documents of the repository, by their path from its root. */
export function documentFiles(): string[] {
	const inside = (folder: string) =>
		readdirSync(path.join(PROJECT_FOLDER, folder))
			.filter((name) => name.endsWith('.md'))
			.map((name) => path.join(folder, name));
	return [...inside('.'), ...inside('docs'), ...inside('docs/maintainers')];
}

/** Reads a document. */
export function readDocument(file: string): Document {
	const source = readFileSync(path.join(PROJECT_FOLDER, file), 'utf8');
	const tokens = lexer(source);
	const slugger = new GithubSlugger();
	const document: Document = {
		file,
		text: source.replace(/^\s*```[^]*?^\s*```/gm, '').replace(/`[^`\n]*`/g, ''),
		headings: [],
		anchors: [],
		links: [],
		images: [],
		tables: [],
		paragraphs: new Map(),
		blocks: [],
		codes: [],
	};
	let under: string[] = [];
	let label: string | undefined;
	for (const token of tokens) {
		if (isA(token, 'heading')) {
			const text = plain(token);
			document.headings.push(text);
			document.anchors.push(slugger.slug(text));
			under = [...under.slice(0, token.depth - 1), text];
		}
		const heading = under.at(-1);
		if (isA(token, 'paragraph') && heading !== undefined && !document.paragraphs.has(heading)) {
			document.paragraphs.set(heading, plain(token).replace(/\s+/g, ' '));
		}
		if (isA(token, 'table')) document.tables.push(tableOf(token, under));
		if (isA(token, 'code')) {
			document.blocks.push({ language: token.lang ?? '', text: token.text, label });
		}
		if (token.type !== 'space') {
			label = isA(token, 'html') ? /^<!-- (.*) -->/.exec(token.raw)?.[1] : undefined;
		}
	}
	void walkTokens(tokens, (token) => {
		// Blocks of the page itself are there already, with their labels; these are in list items.
		if (isA(token, 'code') && !tokens.includes(token)) {
			document.blocks.push({ language: token.lang ?? '', text: token.text });
		}
		if (isA(token, 'link')) document.links.push(token.href);
		if (isA(token, 'image')) document.images.push(token.href);
		if (isA(token, 'codespan')) document.codes.push(token.text);
		if (isA(token, 'html')) document.images.push(...picturesIn(token.text));
	});
	return document;
}

/** The parts of an image in HTML: Markdown has no syntax for a dark variant. */
function picturesIn(html: string): string[] {
	return [...html.matchAll(/\b(?:src|srcset)="([^"]+)"/g)].map(([, target = '']) => target);
}

/** The tables whose first column has this heading. */
export function tablesUnder(document: Document, heading: string): Table[] {
	return document.tables.filter((table) => table.under.includes(heading));
}

interface TokenKinds {
	heading: Tokens.Heading;
	paragraph: Tokens.Paragraph;
	table: Tokens.Table;
	code: Tokens.Code;
	html: Tokens.HTML;
	link: Tokens.Link;
	image: Tokens.Image;
	codespan: Tokens.Codespan;
}

function isA<Kind extends keyof TokenKinds>(token: Token, kind: Kind): token is TokenKinds[Kind] {
	return token.type === kind;
}

function tableOf(table: Tokens.Table, under: string[]): Table {
	return {
		under,
		header: table.header.map(plain),
		rows: table.rows.map((row) => row.map(plain)),
	};
}

/** The text as readers see it. */
function plain({ tokens, text }: { tokens?: Token[]; text: string }): string {
	if (!tokens) return text;
	return tokens
		.map((token) =>
			plain({
				text: 'text' in token ? String(token.text) : token.raw,
				tokens: 'tokens' in token ? token.tokens : undefined,
			}),
		)
		.join('')
		.trim();
}
