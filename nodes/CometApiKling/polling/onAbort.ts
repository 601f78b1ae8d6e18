/** What is to be done when a signal aborts; one listener each, however many ask for it. */
const callbacksOf = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back once when the signal aborts, at once if it has. Node.js warns of more than ten
 * listeners on a signal, and a run of many items has that many sleeps; so they share one.
 *
 * @returns takes the callback back
 */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
	if (!signal) return () => undefined;
	if (signal.aborted) {
		callback();
		return () => undefined;
	}
	const callbacks = callbacksOf.get(signal) ?? listen(signal);
	callbacks.add(callback);
	return () => void callbacks.delete(callback);
}

function listen(signal: AbortSignal): Set<() => void> {
	const callbacks = new Set<() => void>();
	callbacksOf.set(signal, callbacks);
	signal.addEventListener('abort', () => callbacks.forEach((callback) => callback()), {
		once: true,
	});
	return callbacks;
}
