import type { IncomingMessage, ServerResponse } from 'node:http';

import { readText, sendValue } from '../../../simulator/wire';
import { isRecord } from '../../../support/isRecord';

/** A bot's message with its buttons. */
export interface ChatMessage {
	text: string;
	buttons: Array<{ label: string; url: string }>;
}

/** A chat that implements Telegram's bot API. */
export class Chat {
	/** The messages of bots so far, oldest first. */
	readonly messages: ChatMessage[] = [];

	/** Handles `POST /bot<token>/sendMessage`. */
	async sendMessage(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body: unknown = JSON.parse(await readText(request));
		if (!isRecord(body) || typeof body.text !== 'string') {
			sendValue(response, 400, { ok: false, description: 'Bad Request: message text is empty' });
			return;
		}
		if (hasOpenEntity(body.text)) {
			sendValue(response, 400, { ok: false, description: "Bad Request: can't parse entities" });
			return;
		}
		this.messages.push({ text: body.text, buttons: buttonsOf(body.reply_markup) });
		sendValue(response, 200, { ok: true, result: { message_id: this.messages.length } });
	}
}

/**
 * Whether Telegram would reject a text in its older Markdown: an underscore or an asterisk outside
 * of a URL must occur in pairs.
 */
function hasOpenEntity(text: string): boolean {
	const visible = text.replace(/\]\([^)]*\)/g, ']');
	return ['_', '*', '`'].some((mark) => visible.split(mark).length % 2 === 0);
}

function buttonsOf(markup: unknown): ChatMessage['buttons'] {
	const rows =
		isRecord(markup) && Array.isArray(markup.inline_keyboard) ? markup.inline_keyboard : [];
	return rows
		.flat()
		.filter(isRecord)
		.map(({ text, url }) => ({ label: String(text), url: String(url) }));
}
