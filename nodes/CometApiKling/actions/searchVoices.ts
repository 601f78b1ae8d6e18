import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { KLING_VOICES, LANGUAGE_NAMES } from '../kling/voices';

/** The voices whose name or language holds the text that the user typed. */
export async function searchVoices(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = (filter ?? '').trim().toLowerCase();
	const results = KLING_VOICES.map((voice) => ({
		name: `${voice.id} (${LANGUAGE_NAMES[voice.language]})`,
		value: `${voice.language}:${voice.id}`,
	}));
	return { results: results.filter(({ name }) => name.toLowerCase().includes(wanted)) };
}
