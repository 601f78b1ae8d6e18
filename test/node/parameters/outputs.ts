import { readFileSync } from 'node:fs';
import type { INodeExecutionData } from 'n8n-workflow';

import type { RunResult } from '../../harness';
import type { SimulatedTask } from '../../simulator';
import { sampleFile } from '../../simulator/sampleMedia';
import { like } from '../../support/matchers';
import { NODE } from './bench';

/** The only item that the node returned; throws the node's error if there is none. */
export function itemOf(result: RunResult): INodeExecutionData {
	expect(result.error?.message).toBeUndefined();
	const items = result.items(NODE);
	expect(items).toHaveLength(1);
	const [item] = items;
	if (!item) throw new Error('There is no item.');
	expect(item.pairedItem).toEqual({ item: 0 });
	return item;
}

/**
 * A task that has succeeded, as the simulator sends it and as the node returns it with Simplify
 * off.
 */
export function rawTask(task: SimulatedTask | undefined): object {
	return {
		task_id: task?.id,
		task_status: 'succeed',
		task_info: { external_task_id: task?.externalTaskId },
		created_at: task?.createdAt,
		updated_at: task?.updatedAt,
		final_unit_deduction: '2.5',
		final_balance_deduction: '0',
		task_result: task?.result,
	};
}

export interface ExpectedFile {
	fileName: string;
	mimeType: string;
	/** The expected sample of the simulator; any file is accepted if left out. */
	sample?: string;
}

/** Checks the file in the item's field: its name, type, size and bytes. */
export async function expectFile(
	result: RunResult,
	field: string,
	{ fileName, mimeType, sample }: ExpectedFile,
): Promise<void> {
	const item = itemOf(result);
	expect(Object.keys(item.binary ?? {})).toEqual([field]);
	const file = item.binary?.[field];
	const bytes = await result.bytes(file);
	if (sample !== undefined) expect(bytes).toEqual(readFileSync(await sampleFile(sample)));
	const [, fileExtension] = /\.(\w+)$/.exec(fileName) ?? [];
	const fileType = mimeType.split('/')[0];
	expect(file).toMatchObject({ fileName, mimeType, fileExtension, fileType });
	// n8n 1.x stores the size only as formatted text, not in bytes.
	expect(file?.bytes ?? bytes.length).toBe(bytes.length);
	expect(bytes.length).toBeGreaterThan(1000);
	expect(file?.fileSize).toMatch(/^[\d.]+ kB$/);
}

export const ISO_TIME = like(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
