import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { textOf } from '../../nodes/CometApiKling/kling/json';
import { toDataObject } from '../../nodes/CometApiKling/output/dataObject';
import { chainOf, klingNode, runWorkflow, type RunOptions, type RunResult } from '../harness';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator';
import { isRecord } from '../support/isRecord';
import { ENGLISH_MINUTE } from '../talk/texts';

export const NODE = 'CometAPI Kling';

/** Colors that mark the videos, so that each clip has different pictures. */
const MARKS = ['red', 'lime', 'blue', 'yellow', 'cyan', 'magenta', 'white', 'orange'];

/** A text of about 3,000 characters, which takes about three minutes to say. */
export const LONG_TEXT = [1, 2, 3, 4]
	.map((minute) => `This is minute number ${minute}. ${ENGLISH_MINUTE}`)
	.join(' ')
	.slice(0, 3000);

/** A text that takes two clips. */
export const TWO_PARTS = LONG_TEXT.slice(0, 1200);

/** Speech takes a fortieth of its real time, so that tests need not create minutes of video. */
const CHARACTERS_PER_SECOND = 240;

/** How long the speech of a part lasts in these tests, in seconds. */
export function shortSeconds(text: string): number {
	return Math.max(2, Math.round((text.length / CHARACTERS_PER_SECOND) * 10) / 10);
}

/** A simulator with short speech and distinguishable videos. */
export async function talkService(options: SimulatorOptions = {}): Promise<Simulator> {
	return await startSimulator({
		taskSeconds: 0.5,
		media: 'tiny',
		speechSeconds: shortSeconds,
		clipStyle: (order) => ({ mark: MARKS[order % MARKS.length] }),
		...options,
	});
}

export interface TalkSettings {
	text?: string;
	options?: INodeParameters;
	parameters?: INodeParameters;
	node?: Partial<INode>;
	run?: Partial<RunOptions>;
}

/** The node, set up for a long text. */
export function talkNode(simulator: Simulator, settings: TalkSettings = {}): INode {
	return klingNode(
		{
			resource: 'avatar',
			operation: 'create',
			imageSource: 'url',
			imageUrl: `${simulator.mediaUrl}/face.png`,
			audioSource: 'text',
			text: settings.text ?? LONG_TEXT,
			...settings.parameters,
			options: { longText: 'split', pollIntervalSeconds: 1, ...settings.options },
		},
		settings.node,
	);
}

/** Runs the node on a long text. */
export async function runTalk(
	simulator: Simulator,
	settings: TalkSettings = {},
): Promise<RunResult> {
	return await runWorkflow({
		workflow: { ...chainOf(talkNode(simulator, settings)), id: 'talk' },
		credentials: { cometApiKlingApi: { apiKey: simulator.key, baseUrl: simulator.url } },
		binaryMode: 'filesystem',
		// Manual executions would reuse the tasks of other tests, whose simulator has ended.
		mode: 'trigger',
		...settings.run,
	});
}

/** A clip in an item's list. */
export interface ClipJson extends IDataObject {
	task_id: string;
	external_task_id: string;
	text: string;
	video_url: string;
}

/** The list of clips in an item. */
export function clipsOf(item: { json: IDataObject } | undefined): ClipJson[] {
	const clips: unknown = item?.json.clips;
	if (!Array.isArray(clips)) return [];
	return clips.flatMap((clip: unknown): ClipJson[] => {
		if (!isRecord(clip)) return [];
		const fields = toDataObject(clip);
		const textIn = (name: string): string => textOf(fields[name]) ?? '';
		return [
			{
				...fields,
				task_id: textIn('task_id'),
				external_task_id: textIn('external_task_id'),
				text: textIn('text'),
				video_url: textIn('video_url'),
			},
		];
	});
}

/** The captions of an item. */
export function srtOf(item: { json: IDataObject } | undefined): string {
	return textOf(item?.json.captions_srt) ?? '';
}

/** How many tasks were paid for, by kind. */
export function paidFor(simulator: Simulator): { speech: number; avatar: number } {
	const count = (route: string): number =>
		simulator.requests.filter((request) => request.paid && request.route === route).length;
	return { speech: count('speech'), avatar: count('create') };
}
