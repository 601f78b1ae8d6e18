/** The languages that Kling TTS speaks. */
export type VoiceLanguage = 'en' | 'zh';

export interface KlingVoice {
	id: string;
	language: VoiceLanguage;
}

/**
 * The voices of Kling TTS (docs/maintainers/service-notes.md#speech), by ID. The same ID may exist
 * in both languages.
 *
 * The English names are Kling's own. Kling names the Chinese voices in Chinese, but n8n wants an
 * English UI, so their names say in English who speaks. From the shop owner on, the name translates
 * the ID, because only the ID is known.
 */
const VOICE_NAMES: Record<VoiceLanguage, ReadonlyMap<string, string>> = {
	en: namesById({
		girlfriend_4_speech02: 'Melody',
		genshin_vindi2: 'Sunny',
		zhinen_xuesheng: 'Sage',
		AOT: 'Ace',
		ai_shatang: 'Blossom',
		genshin_klee2: 'Peppy',
		genshin_kirara: 'Dove',
		ai_kaiya: 'Shine',
		oversea_male1: 'Anchor',
		ai_chenjiahao_712: 'Lyric',
		'chat1_female_new-3': 'Tender',
		'chat_0407_5-1': 'Siren',
		'cartoon-boy-07': 'Zippy',
		uk_boy1: 'Bud',
		'cartoon-girl-01': 'Sprite',
		PeppaPig_platform: 'Candy',
		ai_huangzhong_712: 'Beacon',
		ai_huangyaoshi_712: 'Rock',
		ai_laoguowang_712: 'Titan',
		chengshu_jiejie: 'Grace',
		you_pingjing: 'Helen',
		calm_story1: 'Lore',
		uk_man2: 'Crag',
		laopopo_speech02: 'Prattle',
		heainainai_speech02: 'Hearth',
		'reader_en_m-v1': 'The Reader',
		'commercial_lady_en_f-v1': 'Commercial Lady',
	}),
	zh: namesById({
		genshin_vindi2: 'Sunny Youth',
		zhinen_xuesheng: 'Sensible Boy',
		tiyuxi_xuedi: 'Sporty Youth',
		ai_shatang: 'Young Girl',
		genshin_klee2: 'Gentle Little Sister',
		genshin_kirara: 'Lively Girl',
		ai_kaiya: 'Sunny Man',
		tiexin_nanyou: 'Humorous Guy',
		ai_chenjiahao_712: 'Artistic Guy',
		girlfriend_1_speech02: 'Sweet Girl Next Door',
		'chat1_female_new-3': 'Gentle Elder Sister',
		girlfriend_2_speech02: 'Career Woman',
		'cartoon-boy-07': 'Lively Boy',
		'cartoon-girl-01': 'Playful Girl',
		ai_huangyaoshi_712: 'Steady Dad',
		you_pingjing: 'Gentle Mom',
		ai_laoguowang_712: 'Stern Boss',
		chengshu_jiejie: 'Elegant Lady',
		zhuxi_speech02: 'Kindly Grandpa',
		uk_oldman3: 'Nagging Grandpa',
		laopopo_speech02: 'Nagging Grandma',
		heainainai_speech02: 'Amiable Grandma',
		dongbeilaotie_speech02: 'Northeastern Buddy',
		chongqingxiaohuo_speech02: 'Chongqing Lad',
		chuanmeizi_speech02: 'Sichuan Girl',
		chaoshandashu_speech02: 'Chaoshan Uncle',
		ai_taiwan_man2_speech02: 'Taiwanese Man',
		xianzhanggui_speech02: 'Shop Owner',
		tianjinjiejie_speech02: 'Tianjin Lady',
		'diyinnansang_DB_CN_M_04-v2': 'Deep Male Voice',
		'yizhipiannan-v1': 'Dubbed Film Man',
		'tianmeixuemei-v1': 'Sweet Schoolmate',
		'daopianyansang-v1': 'Raspy Voice',
		'mengwa-v1': 'Cute Child',
		'guanxiaofang-v2': 'Guan Xiaofang',
	}),
};

export const LANGUAGE_NAMES: Record<VoiceLanguage, string> = { en: 'English', zh: 'Chinese' };

/** Lore, a storyteller's voice that suits a talking avatar; in `language:voiceId` form. */
export const DEFAULT_VOICE = 'en:calm_story1';

export const KLING_VOICES: readonly KlingVoice[] = [...voicesOf('en'), ...voicesOf('zh')];

/** IDs that no list contains may still exist, so only their format is checked. */
const VOICE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

/**
 * Reads `language:voiceId`, or an ID alone, which means English.
 *
 * @returns `undefined` if the text has neither format
 */
export function parseVoice(value: string): KlingVoice | undefined {
	const [first = '', second, ...more] = value.trim().split(':');
	if (more.length > 0) return undefined;
	if (second === undefined) return VOICE_ID.test(first) ? { id: first, language: 'en' } : undefined;
	if (first !== 'en' && first !== 'zh') return undefined;
	return VOICE_ID.test(second) ? { id: second, language: first } : undefined;
}

/** The other language if the voice is listed only for it: Kling rejects it with code 1201. */
export function otherLanguageOf(voice: KlingVoice): VoiceLanguage | undefined {
	const other: VoiceLanguage = voice.language === 'en' ? 'zh' : 'en';
	const isListed = VOICE_NAMES[voice.language].has(voice.id);
	return !isListed && VOICE_NAMES[other].has(voice.id) ? other : undefined;
}

/** The name for users: `Lore · English`. A voice that is not listed is shown with its ID. */
export function voiceName({ id, language }: KlingVoice): string {
	return `${VOICE_NAMES[language].get(id) ?? id} · ${LANGUAGE_NAMES[language]}`;
}

function voicesOf(language: VoiceLanguage): KlingVoice[] {
	return [...VOICE_NAMES[language].keys()].map((id) => ({ id, language }));
}

/** This is a map, so that IDs such as `constructor` are not found on an object's prototype. */
function namesById(names: Record<string, string>): ReadonlyMap<string, string> {
	return new Map(Object.entries(names));
}
