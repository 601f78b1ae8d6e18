import type { Clip } from '../read/clip';
import { rotation } from '../read/display';
import { unitSizeBytes } from '../read/parameterSets';

/** A sentence with more clip numbers than this is hard to read. */
const MAX_NAMED_CLIPS = 5;

/** H.264 profiles with 8 bits and 4:2:0 chroma, the only ones that all phones play. */
const COMMON_PROFILES = [66, 77, 88, 100];

/** The name of a property that all clips must share, and its text. Clips without it are ignored. */
type Property = [name: string, of: (clip: Clip) => string | undefined];

const PROPERTIES: Property[] = [
	['picture size', ({ video: { config } }) => `${config.width} × ${config.height} pixels`],
	['rotation', ({ video }) => `${rotation(video.display)}°`],
	['H.264 settings', ({ video: { config } }) => h264Settings(config.decoder)],
	['AAC profile', ({ audio }) => audio && aacProfile(audio.config.objectType)],
	['audio sample rate', ({ audio }) => audio && `${audio.config.sampleRate} Hz`],
	['audio channels', ({ audio }) => audio && channelNames(audio.config.channelConfig)],
	['audio frames', ({ audio }) => audio && `${audio.config.frameSamples} samples`],
];

/**
 * Lists the differences that prevent joining without encoding again, one clause each, for example
 * `picture size: 512 × 640 pixels (clips 1, 2), 256 × 320 pixels (clip 3)`. Empty if there is none.
 */
export function differencesOf(clips: Clip[]): string[] {
	return PROPERTIES.flatMap(([name, of]) => {
		const clipsByValue = new Map<string, number[]>();
		clips.forEach((clip, index) => {
			const value = of(clip);
			if (value !== undefined) {
				clipsByValue.set(value, [...(clipsByValue.get(value) ?? []), index + 1]);
			}
		});
		if (clipsByValue.size < 2) return [];
		const parts = [...clipsByValue].map(([value, numbers]) => `${value} (${clipNames(numbers)})`);
		return [`${name}: ${parts.join(', ')}`];
	});
}

function clipNames(numbers: number[]): string {
	const named = numbers.slice(0, MAX_NAMED_CLIPS).join(', ');
	const others = numbers.length - MAX_NAMED_CLIPS;
	return `clip${numbers.length > 1 ? 's' : ''} ${named}${others > 0 ? ` and ${others} more` : ''}`;
}

/** Settings that not all decoders can change when the stream contains new parameter sets. */
function h264Settings(avcC: Buffer): string {
	const profile = avcC[1] ?? 0;
	const family = COMMON_PROFILES.includes(profile) ? 'common profile' : `profile ${profile}`;
	return `${family}, NAL unit sizes in ${unitSizeBytes(avcC)} bytes`;
}

function aacProfile(objectType: number): string {
	return objectType === 5 || objectType === 29 ? 'HE-AAC' : `AAC type ${objectType}`;
}

function channelNames(channelConfig: number): string {
	if (channelConfig === 1) return 'mono';
	if (channelConfig === 2) return 'stereo';
	return `${channelConfig === 7 ? 8 : channelConfig} channels`;
}
