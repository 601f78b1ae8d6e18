import type { Result, Results } from './results';

const HEAD = `# With which n8n the node was tested

| What ran | Versions | Node.js | Tests passed | Tests failed | Date |
|---|---|---|---|---|---|`;

const REST = `
- **Engine**: n8n's own engine (\`n8n-core\`, \`n8n-workflow\`, \`n8n-nodes-base\`) runs the built package against the
  simulated CometAPI: every test that uses the engine, from single tasks to batches, retries, cancels and the fault
  matrix.
- **Server**: a whole n8n server with SQLite has the packed package installed; the tests of callbacks, the trigger,
  retries, stopping and the credential's test drive it by its REST interface.

All of it runs on one machine, with Linux; nothing was tried with the live CometAPI.

To run a row again: \`npm run compat -- "Engine 2.8"\` with its name, or \`npm run compat\` for all of them. What a row
needs is installed outside of the clone, in \`~/.cache/n8n-nodes-cometapi-kling\`: two minutes and 0.8 GB for an engine,
five minutes and 3 GB for a server. With \`--write\` the results come into this page.

To add a line of n8n, make a folder with a \`package.json\` and a \`package-lock.json\`: \`test/compat/<line>\` for an
engine, \`test/e2e/server-<line>\` for a server (\`KLING_N8N=<line> npm run test:e2e\` then uses it).
`;

/** The page docs/compatibility.md, in the order of these titles. */
export function pageOf(titles: string[], results: Results): string {
	const rows = titles.flatMap((title) => {
		const result = results[title];
		return result ? [rowOf(title, result)] : [];
	});
	return `${HEAD}\n${rows.join('\n')}\n${REST}`;
}

function rowOf(title: string, { versions, node, passed, failed, date }: Result): string {
	const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
	return `| ${[title, packages.join(', '), node, passed, failed, date].join(' | ')} |`;
}
