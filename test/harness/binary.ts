import type { IBinaryData } from 'n8n-workflow';

/** A binary field with these bytes, as a previous node would output it with data in memory. */
export function fileField(bytes: Buffer, fileName: string, mimeType: string): IBinaryData {
	return {
		data: bytes.toString('base64'),
		bytes: bytes.length,
		fileName,
		mimeType,
		fileExtension: fileName.split('.').pop(),
	};
}
