import { searchVoices } from '../../nodes/CometApiKling/actions/searchVoices';
import { speechProperties } from '../../nodes/CometApiKling/actions/shared/speech';
import { KLING_VOICES } from '../../nodes/CometApiKling/kling/voices';
import { isRecord } from '../support/isRecord';

async function search(filter?: string): Promise<string[]> {
	const { results } = await searchVoices(filter);
	return results.map(({ value }) => String(value));
}

test.each([undefined, '', '  ', '·'])('lists all voices for the filter %j', async (filter) => {
	expect(await search(filter)).toHaveLength(KLING_VOICES.length);
});

test.each([
	['lore', ['en:calm_story1']],
	['  LORE ', ['en:calm_story1']],
	['Lore · English', ['en:calm_story1']],
	['english lore', ['en:calm_story1']],
	['calm_story1', ['en:calm_story1']],
	['zh:calm_story1', []],
	['en:genshin_vindi2', ['en:genshin_vindi2']],
	['chinese grandpa', ['zh:zhuxi_speech02', 'zh:uk_oldman3']],
	['genshin_vindi2', ['en:genshin_vindi2', 'zh:genshin_vindi2']],
	['nobody', []],
])('finds by name, language and ID: "%s"', async (filter, values) => {
	expect(await search(filter)).toEqual(values);
});

test.each(['English', 'Chinese'])('finds all voices that speak %s', async (language) => {
	const found = await search(language);
	const prefix = language === 'English' ? 'en:' : 'zh:';
	const expected = KLING_VOICES.filter((voice) => `${voice.language}:` === prefix);
	expect(found).toEqual(expected.map(({ id }) => `${prefix}${id}`));
});

test('the default of Voice is an entry of the list', async () => {
	const voice: unknown = speechProperties.find(({ name }) => name === 'voice')?.default;
	if (!isRecord(voice)) throw new Error('Voice has no default.');
	const { results } = await searchVoices();
	expect(results).toContainEqual({ name: voice.cachedResultName, value: voice.value });
});
