import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';

import { itemsOf } from '../../harness';
import { runFfmpeg } from '../../simulator/run';
import { sampleFile } from '../../simulator/sampleMedia';
import type { BenchEngine } from '../engine';
import { readFileWorkflow } from './workflows';

/**
 * Nearly the largest image that the API accepts
 * (docs/maintainers/service-notes.md#create-an-avatar-task).
 */
const IMAGE_BYTES = 10_000_000;

/** As WAV in stereo at 44.1 kHz, just below 5 MB: the largest audio that the API accepts. */
const AUDIO_SECONDS = 28;

/** Items that contain an image of 10 MB and audio of 5 MB each, in the engine's binary data. */
export async function itemsWithMedia(
	engine: BenchEngine,
	count: number,
): Promise<INodeExecutionData[]> {
	const folder = mkdtempSync(path.join(tmpdir(), 'kling-bench-media-'));
	try {
		const image = path.join(folder, 'image.jpg');
		const face = readFileSync(await sampleFile('face.jpg'));
		writeFileSync(image, Buffer.concat([face, Buffer.alloc(IMAGE_BYTES - face.length)]));
		const audio = path.join(folder, 'audio.wav');
		await runFfmpeg(['-f', 'lavfi', '-i', `sine=d=${AUDIO_SECONDS}`, '-ac', '2', audio]);
		const [images, audios] = [
			await stored(engine, folder, image, count),
			await stored(engine, folder, audio, count),
		];
		return images.map((item, index) => ({
			json: { index },
			binary: {
				...(item.binary?.data && { image: item.binary.data }),
				...(audios[index]?.binary?.data && { audio: audios[index].binary.data }),
			},
		}));
	} finally {
		rmSync(folder, { recursive: true });
	}
}

async function stored(
	engine: BenchEngine,
	fileFolder: string,
	file: string,
	count: number,
): Promise<INodeExecutionData[]> {
	const result = await engine.run({
		workflow: readFileWorkflow(file),
		input: itemsOf(...Array.from({ length: count }, () => ({}))),
		binaryMode: 'filesystem',
		fileFolder,
	});
	return result.items('Read');
}
