import { chainOf, klingNode, nodeOf, type WorkflowJson } from '../../harness';

/** This node with the image and the audio that each item contains as files. */
export function uploadWorkflow(): WorkflowJson {
	return chainOf(
		klingNode({
			resource: 'avatar',
			operation: 'create',
			imageSource: 'binary',
			imageBinaryPropertyName: 'image',
			audioSource: 'binary',
			audioBinaryPropertyName: 'audio',
			options: { pollIntervalSeconds: 1, maxConcurrentTasks: 20 },
		}),
	);
}

/** n8n's HTTP Request node, which downloads the URL of each item as a file. */
export function httpDownloadWorkflow(): WorkflowJson {
	return chainOf(
		nodeOf(
			'Download',
			'n8n-nodes-base.httpRequest',
			{
				url: '={{ $json.url }}',
				options: { response: { response: { responseFormat: 'file' } } },
			},
			{ typeVersion: 4.2 },
		),
	);
}

/** Reads a file into n8n's binary data, once per item. */
export function readFileWorkflow(file: string): WorkflowJson {
	return chainOf(
		nodeOf('Read', 'n8n-nodes-base.readWriteFile', { fileSelector: file, options: {} }),
	);
}
