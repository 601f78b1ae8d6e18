import packageJson from '../../package.json';
import type { Findings } from './findings';

export interface ReportFacts {
	/** The API key, which is removed from the whole report. */
	key: string;
	baseUrl: string;
	/** Unix milliseconds. */
	startedAt: number;
	endedAt: number;
}

/** The findings as Markdown that can be pasted into an issue; the key is removed. */
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
		`- Started ${new Date(facts.startedAt).toISOString()}, took ${seconds} s`,
		`- Tasks charged, at most: ${findings.paidTasks}`,
		`- Result: ${findings.stoppedBy ?? 'a clip, as expected'}`,
		'',
		'| Open point | Finding |',
		'|---|---|',
		...points,
		'',
		'### Shapes of the responses',
		...shapes,
		'',
	];
	return lines.join('\n').replaceAll(facts.key, '[key]');
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
