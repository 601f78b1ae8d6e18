import type { Result, Results } from './results';

const HEAD = `# Compatibility

This page lists the versions of n8n that the node was tested with, and what differs between them.

| Tested with | Versions | Node.js | Tests passed | Tests failed | Date |
|---|---|---|---|---|---|`;

const REST = `
- **Engine**: n8n's own engine (\`n8n-core\`, \`n8n-workflow\`, \`n8n-nodes-base\`) runs the built package against the
  simulated CometAPI: single tasks, batches, retries, cancellation and all faults. Only the recipes and examples are left
  out, because they use the newest versions of n8n's own nodes.
- **Server**: a complete n8n server with SQLite and the installed package. The tests cover callbacks, the trigger,
  retries, stopping an execution and the credential test, through n8n's REST interface.

All tests ran on one Linux machine, and nothing ran against the live CometAPI. n8n 1.99 is the oldest version that
requires Node.js 20. On n8n 1.60, the only test was loading the package. \`npm run compat\` repeats all tests; see
[testing](maintainers/testing.md#compatibility).

## Differences between versions of n8n

| n8n | What is different | What it means for you |
|---|---|---|
| 1.60 to 1.85 | \`n8n-workflow\` does not export \`NodeConnectionTypes\` | Nothing: the package does not use it. |
| 1.99 | *Retry On Fail* uses up all its tries if the first output item has an error, even after a successful try | Nothing is charged again: the tasks of that execution are kept. |
| 1.99 | *Retry On Fail* does not apply to tools of AI agents | The agent is told about the error. If it calls the tool again, the node resumes the task. |
| 1.123 to 2.8 | n8n stores the error code of a refused connection in a different place | Nothing: the node reads it from both places. |
| Before 2.34 | \`sleep\` does not accept an abort signal | Nothing: stopping an execution still ends the wait within a second. |
| 2.33 | n8n shows its own message if the credential test rejects the key | You see *Authorization failed*. |
| Since 2.41 | \`WEBHOOK_URL\` is deprecated in favor of \`N8N_WEBHOOK_URL\` | Set the new variable. Older versions read \`WEBHOOK_URL\`. |
| 3 | Unverified community packages do not load; the \`n8n\` package on npm cannot be run | Set \`N8N_UNVERIFIED_PACKAGES_ENABLED=true\`, and use the Docker image. |
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
