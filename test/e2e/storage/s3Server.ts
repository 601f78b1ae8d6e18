import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { PROJECT_FOLDER } from '../../harness/project';
import { freePort } from '../n8n/freePort';
import { Program } from '../program';

const BUCKET = 'videos';

/** The only key that s3rver knows; it checks the signatures. */
const KEY = 'S3RVER';

/** An S3 server with a bucket. */
export interface S3Server {
	url: string;
	bucket: string;
	/** For n8n's credential of the type `s3`. */
	credential: ICredentialDataDecryptedObject;
	/** The stored files. */
	read(key: string): Buffer;
	stop(): Promise<void>;
}

export async function startS3(): Promise<S3Server> {
	const folder = mkdtempSync(path.join(tmpdir(), 'kling-s3-'));
	const port = await freePort();
	const script = path.join(PROJECT_FOLDER, 'node_modules/s3rver/bin/s3rver.js');
	const program = new Program(process.execPath, [
		script,
		...['--directory', folder, '--address', '127.0.0.1', '--port', String(port)],
		...['--no-vhost-buckets', '--configure-bucket', BUCKET],
	]);
	await program.listens(port);
	const url = `http://127.0.0.1:${port}`;
	return {
		url,
		bucket: BUCKET,
		credential: {
			endpoint: url,
			region: 'us-east-1',
			accessKeyId: KEY,
			secretAccessKey: KEY,
			forcePathStyle: true,
			ignoreSSLIssues: false,
		},
		read: (key) => readFileSync(path.join(folder, BUCKET, `${key}._S3rver_object`)),
		stop: async () => {
			await program.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
