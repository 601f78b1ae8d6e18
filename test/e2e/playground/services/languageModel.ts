import type { IncomingMessage, ServerResponse } from 'node:http';

import { readText, sendValue } from '../../../simulator/wire';
import { isRecord } from '../../../support/isRecord';

/** Zero would make n8n estimate the tokens itself, and it would download a table for that. */
const USAGE = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };

/** A language model that speaks OpenAI's chat completions and writes the same script each time. */
export class LanguageModel {
	/** The prompts so far, oldest first. */
	readonly prompts: string[] = [];

	/** A prompt that contains this text is rejected, as a real model's content filter does. */
	refusedText?: string;

	/** Handles `POST /v1/chat/completions`. */
	async complete(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const prompt = lastMessage(JSON.parse(await readText(request)));
		this.prompts.push(prompt);
		if (this.refusedText !== undefined && prompt.includes(this.refusedText)) {
			const error = { message: 'This topic is against the usage policy', type: 'invalid_request' };
			sendValue(response, 400, { error });
			return;
		}
		const message = { role: 'assistant', content: scriptFor(prompt) };
		sendValue(response, 200, {
			id: 'chat-1',
			object: 'chat.completion',
			created: 0,
			model: 'simulated',
			choices: [{ index: 0, finish_reason: 'stop', message }],
			usage: USAGE,
		});
	}
}

/** The script that the model writes; the examples name the topic after the prompt's last colon. */
export function scriptFor(prompt: string): string {
	const topic = prompt.split(':').pop()?.trim();
	return `Welcome back! Today we talk about ${topic}. Thanks for watching.`;
}

function lastMessage(body: unknown): string {
	const messages = isRecord(body) && Array.isArray(body.messages) ? body.messages : [];
	const last: unknown = messages.at(-1);
	return isRecord(last) ? textOf(last.content) : '';
}

/** OpenAI accepts a message as a text or as a list of parts. */
function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	const parts: unknown[] = Array.isArray(content) ? content : [];
	return parts.map((part) => (isRecord(part) ? String(part.text) : '')).join('\n');
}
