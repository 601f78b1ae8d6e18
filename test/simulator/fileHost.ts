import { createReadStream, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { isSample, sampleFile } from './sampleMedia';
import type { SimulatorOptions } from './options';
import { NO_RESPONSE, sendFiller, type TaskResponse } from './wire';

const TYPES: Record<string, string> = {
	'.mp4': 'video/mp4',
	'.mp3': 'audio/mpeg',
	'.wav': 'audio/wav',
	'.m4a': 'audio/mp4',
	'.aac': 'audio/aac',
	'.png': 'image/png',
	'.jpg': 'image/jpeg',
};

/** The first box of any MP4, and the header of a media box that extends to the file's end. */
const MP4_HEAD = Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isommp42\0\0\0\0mdat', 'latin1');

/** The file host with public URLs, which must not receive the API key. */
export class FileHost {
	private readonly files = new Map<string, string>();

	/** @param origin returns the server's own address, which is known once it listens */
	constructor(
		private readonly options: SimulatorOptions,
		private readonly origin: () => string,
	) {}

	/** Publishes a file and returns its URL. */
	publish(name: string, file: string): string {
		const address = `/files/${name}${path.extname(file)}`;
		this.files.set(address, file);
		return this.origin() + address;
	}

	/** Whether a URL leads to this host, by any name of this machine. */
	isOwn(link: string): boolean {
		if (!URL.canParse(link)) return false;
		const { hostname, port } = new URL(link);
		const isThisMachine = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
		return isThisMachine && port === new URL(this.origin()).port;
	}

	/** The file at a URL of this host: a published one or a sample; `undefined` if there is none. */
	async fileAt(address: string): Promise<string | undefined> {
		const sample = /^\/media\/([a-z]+\.[a-z0-9]+)$/.exec(address)?.[1];
		if (sample === undefined) return this.files.get(address);
		return isSample(sample) ? await sampleFile(sample) : undefined;
	}

	/** The contents at a URL, for faults that change them. */
	async responseAt(address: string): Promise<TaskResponse> {
		const file = await this.fileAt(address);
		if (file === undefined) return NO_RESPONSE;
		return { body: await readFile(file), contentType: typeOf(file) };
	}

	/** Serves a published file or a sample. */
	async serve(address: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
		if (request.headers.authorization !== undefined) {
			refuse(response, 400, 'Authorization is not allowed here');
			return;
		}
		const file = await this.fileAt(address);
		if (file === undefined) {
			refuse(response, 404, 'no such file');
			return;
		}
		const contentType = typeOf(file);
		const { resultBytes } = this.options;
		if (resultBytes !== undefined && address.startsWith('/files/') && contentType === 'video/mp4') {
			response.writeHead(200, { 'content-type': contentType, 'content-length': resultBytes });
			response.write(MP4_HEAD);
			sendFiller(response, resultBytes - MP4_HEAD.length, 'Z');
			return;
		}
		response.writeHead(200, {
			'content-type': contentType,
			'content-length': statSync(file).size,
		});
		createReadStream(file).pipe(response);
	}
}

function typeOf(file: string): string {
	return TYPES[path.extname(file)] ?? 'application/octet-stream';
}

function refuse(response: ServerResponse, status: number, message: string): void {
	response.writeHead(status, { 'content-type': 'text/plain' }).end(message);
}
