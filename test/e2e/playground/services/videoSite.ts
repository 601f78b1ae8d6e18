import type { IncomingMessage, ServerResponse } from 'node:http';

import { sendValue } from '../../../simulator/wire';

/** A video that was posted. */
export interface Post {
	title: string;
	mimeType: string;
	bytes: Buffer;
}

/** A site that publishes videos, in place of any social network. */
export class VideoSite {
	/** The posts so far, oldest first. */
	readonly posts: Post[] = [];

	/** Handles `POST /videos?title=…` with the file as its body. */
	async publish(title: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) {
			if (Buffer.isBuffer(chunk)) chunks.push(chunk);
		}
		const mimeType = request.headers['content-type'] ?? '';
		this.posts.push({ title, mimeType, bytes: Buffer.concat(chunks) });
		sendValue(response, 201, { post_id: this.posts.length });
	}
}
