import type { INodeListSearchResult } from 'n8n-workflow';

import { KLING_VOICES, voiceName } from '../kling/voices';

/** The voices whose name, language or ID contains every word that the user typed, in any order. */
export async function searchVoices(filter?: string): Promise<INodeListSearchResult> {
	// No name contains the dot of `Lore · English`, so skip it to find a pasted label, too.
	const words = (filter ?? '').toLowerCase().split(/[\s·]+/);
	const results = KLING_VOICES.map((voice) => ({
		name: voiceName(voice),
		value: `${voice.language}:${voice.id}`,
	}));
	return {
		results: results.filter(({ name, value }) => {
			const searchable = `${name} ${value}`.toLowerCase();
			return words.every((word) => searchable.includes(word));
		}),
	};
}
