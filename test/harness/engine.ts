import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Logger } from '@n8n/backend-common';
import { SecurityConfig } from '@n8n/config';
import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import { LoggerProxy } from 'n8n-workflow';

import { LoadedNodes } from './nodeTypes';
import type { BinaryMode, LogLine } from './types';

/** Everything that n8n's engine logs, in order; a test reads the entries since its start. */
export const logLines: LogLine[] = [];

let loaded: Promise<LoadedNodes> | undefined;

/** Performs n8n's one-time setup: log, binary data, node types. */
export async function startEngine(): Promise<LoadedNodes> {
	loaded ??= start();
	return await loaded;
}

/**
 * Whether binary data is stored in the items ('default') or in files, like n8n's environment
 * variable.
 */
export async function useBinaryMode(mode: BinaryMode): Promise<void> {
	const config = Container.get(BinaryDataConfig);
	if (config.mode === mode) return;
	config.mode = mode;
	await Container.get(BinaryDataService).init();
}

/** n8n allows its file nodes to access only one folder. */
export function allowFolder(folder: string | undefined): void {
	if (folder !== undefined) Container.get(SecurityConfig).restrictFileAccessTo = folder;
}

async function start(): Promise<LoadedNodes> {
	const logger = capturingLogger();
	LoggerProxy.init(logger);
	Container.set(Logger, logger);
	const config = Container.get(BinaryDataConfig);
	config.mode = 'default';
	config.localStoragePath = temporaryFolder();
	await Container.get(BinaryDataService).init();
	return await LoadedNodes.load();
}

/** A folder for binary data that is deleted when this process ends. */
function temporaryFolder(): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'kling-binary-data-'));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** n8n's logger, except for the destination of its lines. */
function capturingLogger(): Logger {
	// The logger's methods are frozen, so they are shadowed on an object that inherits from it.
	const heir: unknown = Object.create(Container.get(Logger));
	if (!(heir instanceof Logger)) throw new Error('n8n has no logger.');
	const logger: Logger = new Proxy(heir, {
		get: (target, name): unknown => {
			if (name === 'scoped') return () => logger;
			if (!isLevel(name)) return Reflect.get(target, name);
			return (message: string, meta?: unknown) =>
				void logLines.push({ level: name, message, meta });
		},
	});
	return logger;
}

function isLevel(name: string | symbol): name is LogLine['level'] {
	return name === 'error' || name === 'warn' || name === 'info' || name === 'debug';
}
