import packageJson from '../../package.json';
import type { Findings } from './findings';

export interface ReportFacts {
	/** Is taken out wherever it might show up. */
	key: string;
	baseUrl: string;
	/** Unix milliseconds. */
	startedAt: number;
	endedAt: number;
}

/** The findings as Markdown, to be pasted into an issue; the key is not in it. */
export function reportOf(findings: Findings, facts: ReportFacts): string {
	const seconds = Math.round((facts.endedAt - facts.startedAt) / 1000);
	const points = findings
		.lines()
		.map(({ point, finding }) => `| ${cell(point)} | ${cell(finding)} |`);
	const shapes = findings.shapes.flatMap(({ title, shape }) => [
		'',
		`\`${title}\``,
		'',
		'```json',
		JSON.stringify(shape, null, 2),
		'```',
	]);
	const lines = [
		'## Smoke run against CometAPI',
		'',
		`- ${packageJson.name} ${packageJson.version}, Node.js ${process.versions.node}`,
		`- Base URL: ${facts.baseUrl}`,
		`- Began ${new Date(facts.startedAt).toISOString()}, took ${seconds} s`,
		`- Tasks paid, at most: ${findings.paidTasks}`,
		`- Ended: ${findings.stoppedBy ?? 'as it should, with a clip'}`,
		'',
		'| Open point | Finding |',
		'|---|---|',
		...points,
		'',
		'### Shapes of the answers',
		...shapes,
		'',
	];
	return lines.join('\n').replaceAll(facts.key, '[key]');
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
