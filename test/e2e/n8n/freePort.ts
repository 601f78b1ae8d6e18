import { Listener } from '../../simulator/listener';

/** A free port of this machine: the requested one, the next free one, or any. */
export async function freePort(wanted = 0): Promise<number> {
	const listener = new Listener(() => undefined);
	const port = await listener.open(wanted);
	await listener.close();
	return port;
}
