import type { IncomingMessage, ServerResponse } from 'node:http';

import type { CredentialStore } from '../../../harness/types';
import { Listener } from '../../../simulator/listener';
import { Chat } from './chat';
import { LanguageModel } from './languageModel';
import { servicesPage } from './page';
import { VideoSite } from './videoSite';
import { VoiceService } from './voice';

/** Any bot token is accepted. */
const BOT_TOKEN = 'simulated';

/** The services besides CometAPI that the examples call, on this machine. */
export interface Services {
	model: LanguageModel;
	voice: VoiceService;
	chat: Chat;
	site: VideoSite;
	/** The page with the chat and the posts. */
	pageUrl: string;
	/** The examples' public URLs, each with the local one that replaces it. */
	addresses: Record<string, string>;
	/** Data of n8n's credentials, by credential type. */
	credentials: CredentialStore;
	stop(): Promise<void>;
}

/** Starts all of them on one free port; each has its own paths. */
export async function startServices(): Promise<Services> {
	const model = new LanguageModel();
	const voice = new VoiceService();
	const chat = new Chat();
	const site = new VideoSite();
	const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
		switch (`${request.method} ${pathname}`) {
			case 'POST /v1/chat/completions':
				return await model.complete(request, response);
			case 'POST /v1/audio/speech':
				return await voice.speak(request, response);
			case `POST /bot${BOT_TOKEN}/sendMessage`:
				return await chat.sendMessage(request, response);
			case 'POST /videos':
				return await site.publish(searchParams.get('title') ?? '', request, response);
			case 'GET /':
				response.setHeader('content-type', 'text/html; charset=utf-8');
				response.end(servicesPage(chat.messages, site.posts));
				return;
			default:
				response.writeHead(404).end();
		}
	};
	const listener = new Listener((request, response) => {
		handle(request, response).catch(() => response.writeHead(500).end());
	});
	const url = `http://127.0.0.1:${await listener.open(0)}`;
	return {
		model,
		voice,
		chat,
		site,
		pageUrl: `${url}/`,
		addresses: { 'https://api.openai.com': url, 'https://videos.example.com': url },
		credentials: {
			openAiApi: { apiKey: 'simulated', url: `${url}/v1` },
			telegramApi: { accessToken: BOT_TOKEN, baseUrl: url },
		},
		stop: async () => await listener.close(),
	};
}
