import type { NodeConnectionType } from 'n8n-workflow';

/**
 * n8n's name for the connection that items pass through. `NodeConnectionTypes.Main` means the same,
 * but n8n 1.60 has no such object and could not load the package; n8n 1.85 has it.
 */
export const MAIN_CONNECTION: NodeConnectionType = 'main';
