import {
	DEFAULT_VOICE,
	KLING_VOICES,
	otherLanguageOf,
	parseVoice,
	voiceName,
} from '../../nodes/CometApiKling/kling/voices';
import { VOICES } from '../simulator/voices';

test('has all voices of the service, by language', () => {
	for (const language of ['en', 'zh'] as const) {
		const ids = KLING_VOICES.filter((voice) => voice.language === language).map(({ id }) => id);
		expect(ids).toEqual([...new Set(ids)]);
		expect([...ids].sort()).toEqual([...VOICES[language]].sort());
	}
});

test.each([
	['en:girlfriend_4_speech02', 'Melody · English'],
	['en:calm_story1', 'Lore · English'],
	['en:AOT', 'Ace · English'],
	['en:heainainai_speech02', 'Hearth · English'],
	['en:commercial_lady_en_f-v1', 'Commercial Lady · English'],
	['zh:genshin_vindi2', 'Sunny Youth · Chinese'],
	['zh:tiexin_nanyou', 'Humorous Guy · Chinese'],
	['zh:you_pingjing', 'Gentle Mom · Chinese'],
	['zh:ai_taiwan_man2_speech02', 'Taiwanese Man · Chinese'],
	['zh:xianzhanggui_speech02', 'Shop Owner · Chinese'],
	['zh:guanxiaofang-v2', 'Guan Xiaofang · Chinese'],
	['en:a-voice-nobody-has-listed', 'a-voice-nobody-has-listed · English'],
	['en:constructor', 'constructor · English'],
])('%s is shown as "%s"', (text, name) => {
	const voice = parseVoice(text);
	if (!voice) throw new Error('It is not a voice.');
	expect(voiceName(voice)).toBe(name);
});

test('no two voices share a name', () => {
	const names = KLING_VOICES.map(voiceName);
	expect(new Set(names).size).toBe(names.length);
});

test.each([
	['en:calm_story1', { language: 'en', id: 'calm_story1' }],
	['zh:mengwa-v1', { language: 'zh', id: 'mengwa-v1' }],
	['uk_man2', { language: 'en', id: 'uk_man2' }],
	['  en:uk_man2\n', { language: 'en', id: 'uk_man2' }],
	['a-voice-nobody-has-listed', { language: 'en', id: 'a-voice-nobody-has-listed' }],
])('"%s" is a voice', (text, voice) => {
	expect(parseVoice(text)).toEqual(voice);
});

test.each([
	'',
	' ',
	'en:',
	':calm_story1',
	'fr:calm_story1',
	'EN:calm_story1',
	'en:zh:x',
	'calm story',
	'en:calm story',
	'-x',
	'a/b',
	'a'.repeat(101),
])('"%s" is not a voice', (text) => {
	expect(parseVoice(text)).toBeUndefined();
});

test('the default speaks its language', () => {
	const voice = parseVoice(DEFAULT_VOICE);
	expect(KLING_VOICES).toContainEqual(voice);
});

test.each([
	['en:calm_story1', undefined],
	['zh:calm_story1', 'en'],
	['en:mengwa-v1', 'zh'],
	['en:ai_kaiya', undefined],
	['zh:ai_kaiya', undefined],
	['en:not-listed', undefined],
])('%s is listed only for: %s', (text, language) => {
	const voice = parseVoice(text);
	if (!voice) throw new Error('It is not a voice.');
	expect(otherLanguageOf(voice)).toBe(language);
});
