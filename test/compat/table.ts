import type { Result, Results } from './results';

const HEAD = `# With which n8n the node was tested

| What ran | Versions | Node.js | Tests passed | Tests failed | Date |
|---|---|---|---|---|---|`;

const REST = `
- **Engine**: n8n's own engine (\`n8n-core\`, \`n8n-workflow\`, \`n8n-nodes-base\`) runs the built package against the
  simulated CometAPI: every test that uses the engine, from single tasks to batches, retries, cancels and the fault
  matrix. Only the recipes of the documents are left out, since they hold nodes of n8n in the versions of today.
- **Server**: a whole n8n server with SQLite has the packed package installed; the tests of callbacks, the trigger,
  retries, stopping and the credential's test drive it by its REST interface.

All of it ran on one machine, with Linux; nothing was tried with the live CometAPI. n8n 1.99 is the oldest that asks for
Node.js 20; of n8n 1.60 no more was tried than that its engine loads the package.

## What differs between versions of n8n

| n8n | What is different | What the node does about it |
|---|---|---|
| 1.60, no longer 1.85 | \`n8n-workflow\` has no \`NodeConnectionTypes\` | It names the connection itself, so that the package loads. |
| 1.99 | *Retry On Fail* uses up all tries where the first item put out is an error, even after a try that went well | What was paid in such a run stays in the node's book, and is not paid again. |
| 1.123 to 2.8 | An error of a refused connection has its code in another place | It looks there too, so that the request is sent again. |
| before 2.34 | \`sleep\` takes no signal | A cancel ends the wait at once all the same; a timer that nobody waits for runs out. |
| 2.33 | The credential's test says *Authorization failed* for a bad key, in n8n's words | Nothing: the message of the credential comes in later versions only. |

## Run it yourself

\`npm run compat\` runs all rows; with a name, such as \`"Engine 2.8"\`, one of them. What a row needs is installed
outside of the clone, in \`~/.cache/n8n-nodes-cometapi-kling\`: two minutes and 0.8 GB for an engine, five minutes and
3 GB for a server. With \`--write\` the results come into this page.

To add a line of n8n, make a folder with a \`package.json\` and a \`package-lock.json\`: \`test/compat/<line>\` for an
engine, \`test/e2e/server-<line>\` for a server. \`KLING_N8N=<line> npm run test:e2e\` then uses that server.
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
