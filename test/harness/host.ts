/**
 * The engine's process. n8n's nodes check errors with `instanceof`, which fails inside jest's
 * contexts, and its modules load three times as fast outside of them.
 */
import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';

import { startInEngine } from './engineRun';
import { letTimePassFaster } from './fastTime';
import { SPEED_VARIABLE, type Reply, type Request } from './messages';

const speed = Number(process.env[SPEED_VARIABLE] ?? 1);
if (speed !== 1) letTimePassFaster(speed);

const cancels = new Map<number, () => void>();

async function respond(request: Request): Promise<Reply | undefined> {
	const { id } = request;
	switch (request.kind) {
		case 'run': {
			// The engine may still be loading when the execution is canceled.
			let isCanceled = false;
			cancels.set(id, () => (isCanceled = true));
			const execution = await startInEngine(request.options);
			cancels.set(id, execution.cancel);
			if (isCanceled) execution.cancel();
			const report = await execution.finished;
			cancels.delete(id);
			return { id, kind: 'report', report };
		}
		case 'cancel':
			cancels.get(id)?.();
			return undefined;
		case 'bytes': {
			const bytes = await Container.get(BinaryDataService).getAsBuffer(request.file);
			return { id, kind: 'bytes', base64: bytes.toString('base64') };
		}
		case 'memory':
			return { id, kind: 'memory', rssBytes: process.memoryUsage().rss };
	}
}

process.on('message', (request: Request) => {
	respond(request)
		.catch((error: unknown): Reply => {
			const message =
				error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : 'unknown error';
			return { id: request.id, kind: 'failure', message };
		})
		.then(
			(reply) => {
				if (reply) process.send?.(reply);
			},
			() => undefined,
		);
});

// The tests' process has ended, so this one can exit.
process.on('disconnect', () => process.exit());
