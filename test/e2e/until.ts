const LOOK_AGAIN_MS = 100;
const TIMEOUT_MS = 30_000;

/**
 * Waits until something is true.
 *
 * @throws after half a minute
 */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
	const deadline = Date.now() + TIMEOUT_MS;
	while (!(await isTrue())) {
		if (Date.now() > deadline) throw new Error('What was waited for did not happen.');
		await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
	}
}
