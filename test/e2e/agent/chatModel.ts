import { readText } from '../../simulator/wire';
import { Listener } from '../../simulator/listener';
import { isRecord } from '../../support/isRecord';

/** A chat model on this machine that speaks OpenAI's chat completions, and follows a script. */
export interface ChatModel {
	/** The value for the base URL of n8n's OpenAI credential. */
	url: string;
	/** The tools that the last request offered, as OpenAI describes functions. */
	tools: Array<Record<string, unknown>>;
	/** The tool responses so far, as the model reads them. */
	toolAnswers: string[];
	/** The arguments of the calls that it makes, all of them in its first response. */
	calls: Array<Record<string, unknown>>;
	stop(): Promise<void>;
}

const TOKENS = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };

/** Starts a model that calls the first tool and then repeats the tool's response. */
export async function startChatModel(): Promise<ChatModel> {
	const listener = new Listener((request, response) => {
		void readText(request).then((text) => {
			const body: unknown = JSON.parse(text);
			model.tools = recordsOf(body, 'tools').flatMap((tool) =>
				isRecord(tool.function) ? [tool.function] : [],
			);
			model.toolAnswers = recordsOf(body, 'messages')
				.filter((message) => message.role === 'tool')
				.map((message) => String(message.content));
			const reply = { id: 'chat-1', object: 'chat.completion', created: 0, model: 'scripted' };
			response
				.setHeader('content-type', 'application/json')
				.end(JSON.stringify({ ...reply, choices: [nextChoice(model)], usage: TOKENS }));
		});
	});
	const port = await listener.open(0);
	const model: ChatModel = {
		url: `http://127.0.0.1:${port}/v1`,
		tools: [],
		toolAnswers: [],
		calls: [],
		stop: async () => await listener.close(),
	};
	return model;
}

function nextChoice(model: ChatModel): object {
	if (model.toolAnswers.length > 0) {
		const content = `The tool says: ${model.toolAnswers.join('\n')}`;
		return { index: 0, finish_reason: 'stop', message: { role: 'assistant', content } };
	}
	const calls = model.calls.map((values, index) => ({
		id: `call-${index}`,
		type: 'function',
		function: { name: model.tools[0]?.name, arguments: JSON.stringify(values) },
	}));
	const message = { role: 'assistant', content: null, tool_calls: calls };
	return { index: 0, finish_reason: 'tool_calls', message };
}

function recordsOf(body: unknown, key: string): Array<Record<string, unknown>> {
	const list = isRecord(body) ? body[key] : undefined;
	return Array.isArray(list) ? list.filter(isRecord) : [];
}
