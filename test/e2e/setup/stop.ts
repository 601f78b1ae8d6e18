import { shared } from './shared';

export default async function stop(): Promise<void> {
	await shared.server?.stop();
}
