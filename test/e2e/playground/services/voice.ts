import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { sampleFile } from '../../../simulator/sampleMedia';
import { readText, sendValue } from '../../../simulator/wire';
import { isRecord } from '../../../support/isRecord';

/** The formats of OpenAI's speech service for which a sample exists, with their MIME types. */
const SAMPLES: Record<string, { file: string; mimeType: string }> = {
	mp3: { file: 'voice.mp3', mimeType: 'audio/mpeg' },
	wav: { file: 'voice.wav', mimeType: 'audio/wav' },
	// Without a sample rate, as the service sends it; the rate is 24 kHz.
	pcm: { file: 'voice.pcm', mimeType: 'audio/pcm' },
	aac: { file: 'voice.aac', mimeType: 'audio/aac' },
};

/** The default of the service. */
const DEFAULT_FORMAT = 'mp3';

/** A text-to-speech service with OpenAI's API, which returns the same speech for every text. */
export class VoiceService {
	/** The texts so far, oldest first. */
	readonly texts: string[] = [];

	/** Handles `POST /v1/audio/speech`. */
	async speak(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body: unknown = JSON.parse(await readText(request));
		const fields = isRecord(body) ? body : {};
		const { response_format: format = DEFAULT_FORMAT, input } = fields;
		const sample = typeof format === 'string' ? SAMPLES[format] : undefined;
		if (!sample || typeof input !== 'string') {
			sendValue(response, 400, { error: { message: 'Unknown format, or no text' } });
			return;
		}
		this.texts.push(input);
		const bytes = await readFile(await sampleFile(sample.file));
		response.writeHead(200, { 'content-type': sample.mimeType }).end(bytes);
	}
}
