import type { N8nServer } from '../n8n/server';

/** Names of the environment variables that tell test files where the shared server is. */
export const SHARED_URL = 'KLING_E2E_URL';
export const SHARED_FOLDER = 'KLING_E2E_FOLDER';

/** The shared server, in the process that started it. */
export const shared: { server?: N8nServer } = {};
