import { chainOf, fileField, itemsOf, klingNode, runWorkflow } from '../harness';
import { avatarParameters, NODE, quickService } from '../paidOnce/setup';
import { isRecord } from '../support/isRecord';

let service: Awaited<ReturnType<typeof quickService>>;
beforeAll(async () => {
	service = await quickService();
});
beforeEach(() => service.simulator.reset());
afterAll(async () => await service.simulator.stop());

test('one item can wait while another does not', async () => {
	const result = await runWorkflow({
		workflow: chainOf(
			klingNode({
				...avatarParameters(service.simulator),
				waitForCompletion: '={{ $json.waits }}',
			}),
		),
		credentials: service.credentials,
		input: itemsOf({ waits: true }, { waits: false }),
	});
	expect(result.error).toBeUndefined();
	expect(result.items(NODE).map(({ json, binary }) => [json.task_status, Boolean(binary)])).toEqual(
		[
			['succeed', true],
			['submitted', false],
		],
	);
});

const PCM_TYPE = 'audio/L16;codec=pcm;rate=24000';

test.each<[string, (samples: Buffer) => Record<string, string>]>([
	['a file', () => ({ audioSource: 'binary', audioBinaryPropertyName: 'voice' })],
	[
		'base64',
		(samples) => ({
			audioSource: 'base64',
			audioBase64: `data:${PCM_TYPE};base64,${samples.toString('base64')}`,
		}),
	],
])('sends raw PCM from a speech service as a WAV file: %s', async (_name, source) => {
	const samples = Buffer.alloc(24_000 * 2 * 3);
	for (let i = 0; i < samples.length; i += 2) {
		samples.writeInt16LE(Math.round(8_000 * Math.sin(i / 30)), i);
	}
	const voice = fileField(samples, 'voice.pcm', PCM_TYPE);
	const result = await runWorkflow({
		workflow: chainOf(
			klingNode({
				...avatarParameters(service.simulator),
				...source(samples),
			}),
		),
		credentials: service.credentials,
		input: [{ json: {}, binary: { voice } }],
	});
	expect(result.error).toBeUndefined();
	const sent = service.simulator.requests.find(({ route }) => route === 'create')?.body;
	const sound = isRecord(sent) ? sent.sound_file : undefined;
	const wav = Buffer.from(String(sound), 'base64');
	expect(wav.subarray(0, 4).toString()).toBe('RIFF');
	expect(wav.readUInt32LE(24)).toBe(24_000);
	expect(wav.subarray(44)).toEqual(samples);
});
