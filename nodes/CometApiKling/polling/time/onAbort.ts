/** The callbacks of each signal, which share one listener. */
const callbacksOf = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back once when the signal aborts, or at once if it has aborted already. Node.js warns about
 * more than ten listeners on a signal, and an execution with many items has more sleeps than that,
 * so they share one listener. Subscribing and unsubscribing take constant time.
 *
 * @returns a function that unsubscribes the callback
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
