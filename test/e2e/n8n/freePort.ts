import { Listener } from '../../simulator/listener';

/** A port of this machine that nobody listens on: the wanted one or the next free one, or any. */
export async function freePort(wanted = 0): Promise<number> {
	const listener = new Listener(() => undefined);
	const port = await listener.open(wanted);
	await listener.close();
	return port;
}
