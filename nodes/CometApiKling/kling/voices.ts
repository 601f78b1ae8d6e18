/** The languages that Kling TTS speaks. */
export type VoiceLanguage = 'en' | 'zh';

export interface KlingVoice {
	id: string;
	language: VoiceLanguage;
}

/** The voices of API.md 4. The same id may exist in both languages. */
const VOICE_IDS: Record<VoiceLanguage, readonly string[]> = {
	en: words(`girlfriend_4_speech02 genshin_vindi2 zhinen_xuesheng AOT ai_shatang genshin_klee2
		genshin_kirara ai_kaiya oversea_male1 ai_chenjiahao_712 chat1_female_new-3 chat_0407_5-1
		cartoon-boy-07 uk_boy1 cartoon-girl-01 PeppaPig_platform ai_huangzhong_712 ai_huangyaoshi_712
		ai_laoguowang_712 chengshu_jiejie you_pingjing calm_story1 uk_man2 laopopo_speech02
		heainainai_speech02 reader_en_m-v1 commercial_lady_en_f-v1`),
	zh: words(`genshin_vindi2 zhinen_xuesheng tiyuxi_xuedi ai_shatang genshin_klee2 genshin_kirara
		ai_kaiya tiexin_nanyou ai_chenjiahao_712 girlfriend_1_speech02 chat1_female_new-3
		girlfriend_2_speech02 cartoon-boy-07 cartoon-girl-01 ai_huangyaoshi_712 you_pingjing
		ai_laoguowang_712 chengshu_jiejie zhuxi_speech02 uk_oldman3 laopopo_speech02
		heainainai_speech02 dongbeilaotie_speech02 chongqingxiaohuo_speech02 chuanmeizi_speech02
		chaoshandashu_speech02 ai_taiwan_man2_speech02 xianzhanggui_speech02 tianjinjiejie_speech02
		diyinnansang_DB_CN_M_04-v2 yizhipiannan-v1 tianmeixuemei-v1 daopianyansang-v1 mengwa-v1`),
};

export const LANGUAGE_NAMES: Record<VoiceLanguage, string> = { en: 'English', zh: 'Chinese' };

/** A storyteller's voice that suits a talking avatar; in `language:voiceId` form. */
export const DEFAULT_VOICE = 'en:calm_story1';

export const KLING_VOICES: readonly KlingVoice[] = [...voicesOf('en'), ...voicesOf('zh')];

/** Ids that nobody has listed may still exist, so only their form is checked. */
const VOICE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

/**
 * Reads `language:voiceId`, or a bare id, which falls back to English (SPEC 3).
 *
 * @returns `undefined` where the text has neither form
 */
export function parseVoice(value: string): KlingVoice | undefined {
	const [first = '', second, ...more] = value.trim().split(':');
	if (more.length > 0) return undefined;
	if (second === undefined) return VOICE_ID.test(first) ? { id: first, language: 'en' } : undefined;
	if (first !== 'en' && first !== 'zh') return undefined;
	return VOICE_ID.test(second) ? { id: second, language: first } : undefined;
}

/** Whether a voice is listed only for the other language: Kling refuses it with code 1201. */
export function otherLanguageOf(voice: KlingVoice): VoiceLanguage | undefined {
	const other: VoiceLanguage = voice.language === 'en' ? 'zh' : 'en';
	const isListed = VOICE_IDS[voice.language].includes(voice.id);
	return !isListed && VOICE_IDS[other].includes(voice.id) ? other : undefined;
}

function voicesOf(language: VoiceLanguage): KlingVoice[] {
	return VOICE_IDS[language].map((id) => ({ id, language }));
}

function words(text: string): string[] {
	return text.split(/\s+/);
}
