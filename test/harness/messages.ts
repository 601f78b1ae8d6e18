import type { IBinaryData } from 'n8n-workflow';

import type { EngineReport, RunOptions } from './types';

/** Environment variable that accelerates time in the engine's process. */
export const SPEED_VARIABLE = 'KLING_TEST_SPEED';

/** Environment variable with the folder of another n8n for the engine's process (test/compat). */
export const ENGINE_VARIABLE = 'KLING_ENGINE';

/** Requests of the tests to the engine's process. */
export type Request =
	| { id: number; kind: 'run'; options: RunOptions }
	| { id: number; kind: 'cancel' }
	| { id: number; kind: 'bytes'; file: IBinaryData }
	| { id: number; kind: 'memory' };

/** Its responses; `id` names the request. */
export type Reply =
	| { id: number; kind: 'report'; report: EngineReport }
	| { id: number; kind: 'bytes'; base64: string }
	| { id: number; kind: 'memory'; rssBytes: number }
	| { id: number; kind: 'failure'; message: string };
