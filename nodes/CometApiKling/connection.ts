import type { NodeConnectionType } from 'n8n-workflow';

/**
 * n8n's name for the connection that items pass through. `NodeConnectionTypes.Main` says the same,
 * but n8n has that object only since 1.84, and before it the package could not even be loaded.
 */
export const MAIN_CONNECTION: NodeConnectionType = 'main';
