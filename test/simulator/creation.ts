import {
	AVATAR_FIELDS,
	checkAvatar,
	checkCommon,
	checkSpeech,
	SPEECH_FIELDS,
	type Body,
} from './checks';
import type { MediaFile } from './filming';
import type { MediaDesk } from './mediaChecks';
import { Refusal } from './refusal';
import { secondsAsText } from './results';
import { AVATAR_PATH, SPEECH_PATH } from './routes';
import type { TaskStore } from './taskStore';
import type { SimulatedTask } from './types';

/** How long speech takes if it is created as a task to poll. */
const SPEECH_TASK_SECONDS = 1;

const DEFAULT_TASK_SECONDS = 2;

/** Speech by its audio ID. */
interface Speech extends MediaFile {
	text: string;
}

/** The two routes that create tasks: avatar and speech. */
export class Creation {
	/** The spoken texts, by audio ID. */
	private readonly spoken = new Map<string, Speech>();
	private order = 0;

	constructor(
		private readonly desk: MediaDesk,
		private readonly store: TaskStore,
	) {}

	/** The fields of a body that the route does not know. */
	unknownFields(path: string, body: Body): string[] {
		const known = path === SPEECH_PATH ? SPEECH_FIELDS : AVATAR_FIELDS;
		return Object.keys(body).filter((field) => !known.has(field));
	}

	/**
	 * Checks the request and creates its task.
	 *
	 * @throws Refusal
	 */
	async create(path: string, body: Body): Promise<SimulatedTask> {
		if (path === SPEECH_PATH) return await this.speak(body);
		if (path === AVATAR_PATH) return await this.animate(body);
		throw new Refusal(404, 1202, 'The simulator does not create tasks of this kind');
	}

	/** Restarts the count of the tasks. */
	reset(): void {
		this.order = 0;
	}

	private async animate(body: Body): Promise<SimulatedTask> {
		const { store, desk } = this;
		const { studio, files, options } = desk;
		const media = await checkAvatar(body, desk, this.spoken);
		// Nothing is awaited until the task starts, so two requests cannot use the same slot or ID.
		const common = checkCommon(body, store, desk.options.uniqueExternalIds);
		if (store.slotsInUse() >= (options.parallelLimit ?? Infinity))
			throw new Refusal(429, 1303, 'parallel task over resource pack limit');
		const { taskSeconds = DEFAULT_TASK_SECONDS } = options;
		const order = this.order++;
		const text = this.spoken.get(String(body.audio_id))?.text ?? '';
		const task = store.start({
			...common,
			path: AVATAR_PATH,
			text,
			holdsSlot: true,
			seconds: typeof taskSeconds === 'number' ? taskSeconds : taskSeconds(order),
			make: async ({ id }) => {
				const film =
					options.media === 'real'
						? await studio.film(media.image, media.audio, options.clipStyle?.(order))
						: await studio.tinyFilm();
				const url = files.publish(id, film.file);
				return { videos: [{ id: `video-${id}`, url, duration: secondsAsText(film.seconds) }] };
			},
		});
		const reason = options.failsWith?.(text, order);
		if (reason !== undefined) store.change(task, 'failed', reason);
		return task;
	}

	private async speak(body: Body): Promise<SimulatedTask> {
		const { store, desk } = this;
		const { text, speed } = checkSpeech(body);
		const wantedSeconds = desk.options.speechSeconds?.(text);
		const speech = await desk.studio.speak(text, speed, wantedSeconds);
		const common = checkCommon(body, store, desk.options.uniqueExternalIds);
		const isLater = desk.options.ttsMode === 'taskId';
		const task = store.start({
			...common,
			path: SPEECH_PATH,
			text,
			holdsSlot: false,
			seconds: isLater ? SPEECH_TASK_SECONDS : 0,
			make: async ({ id }) => {
				const audioId = `audio-${id}`;
				this.spoken.set(audioId, { ...speech, text });
				const url = desk.files.publish(id, speech.file);
				return { audios: [{ id: audioId, url, duration: secondsAsText(speech.seconds) }] };
			},
		});
		if (!isLater) await store.finish(task);
		return task;
	}
}
