import type { Simulator } from '../../simulator';
import type { Rest } from '../n8n/rest';
import { startS3, type S3Server } from '../storage/s3Server';
import { startServices, type Services } from './services';

/** The names of the examples' credentials in n8n, by credential type. */
const NAMES: Record<string, string> = {
	cometApiKlingApi: 'CometAPI',
	openAiApi: 'OpenAI',
	s3: 'S3',
	telegramApi: 'Telegram',
};

/** All services that the examples call besides CometAPI. */
export interface ExampleServices extends Services {
	storage: S3Server;
}

/** Starts the services and the storage on this machine. */
export async function startExampleServices(): Promise<ExampleServices> {
	const [services, storage] = await Promise.all([startServices(), startS3()]);
	return {
		...services,
		storage,
		addresses: { ...services.addresses, 'https://s3.example.com': storage.url },
		credentials: { ...services.credentials, s3: storage.credential },
		stop: async () => {
			await Promise.all([services.stop(), storage.stop()]);
		},
	};
}

/**
 * Creates the credentials that the examples use.
 *
 * @returns their IDs by credential type
 */
export async function createCredentials(
	rest: Rest,
	services: ExampleServices,
	{ key, url }: Simulator,
): Promise<Record<string, string>> {
	const data = { ...services.credentials, cometApiKlingApi: { apiKey: key, baseUrl: url } };
	const ids: Record<string, string> = {};
	for (const [type, fields] of Object.entries(data)) {
		ids[type] = await rest.createCredential(type, NAMES[type] ?? type, fields);
	}
	return ids;
}
