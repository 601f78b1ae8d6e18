const LOOK_AGAIN_MS = 100;
const TIMEOUT_MS = 30_000;

/**
 * Waits until a condition is true.
 *
 * @throws after half a minute, or after the given time
 */
export async function until(
	isTrue: () => boolean | Promise<boolean>,
	timeoutMs = TIMEOUT_MS,
): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	while (!(await isTrue())) {
		if (Date.now() > deadline) throw new Error('The condition did not become true in time.');
		await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
	}
}
