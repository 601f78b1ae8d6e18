import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import axios from 'axios';

import { nodeOf, type WorkflowJson } from '../harness';
import { startS3, type S3Server } from './storage/s3Server';
import { startSftp, type SftpServer } from './storage/sftpServer';
import { avatarNode, manualWorkflow, NODE, openWorkbench, type Workbench } from './workbench';

const BIG_BYTES = 24 * 1024 ** 2;

let bench: Workbench;
let s3: S3Server;
let sftp: SftpServer;
let disk: string;
let credentials: { s3: string; sftp: string };

beforeAll(async () => {
	bench = await openWorkbench({ media: 'real' });
	s3 = await startS3();
	sftp = await startSftp();
	// The only folder that this server's nodes may write to.
	disk = path.join(bench.userFolder, 'files');
	mkdirSync(disk, { recursive: true });
	credentials = {
		s3: await bench.rest.createCredential('s3', 'S3', s3.credential),
		sftp: await bench.rest.createCredential('sftp', 'SFTP', sftp.credential),
	};
});
beforeEach(() => bench.simulator.reset());
afterAll(async () => {
	await Promise.all([bench.simulator.stop(), s3.stop(), sftp.stop()]);
});

/** Videos that are sent to the three kinds of storage at once, each named after its task ID. */
function storingWorkflow(items: number, waitStrategy: string): WorkflowJson {
	const stores = [
		nodeOf(
			'S3',
			'n8n-nodes-base.s3',
			{
				resource: 'file',
				operation: 'upload',
				bucketName: s3.bucket,
				fileName: '={{ $json.task_id }}.mp4',
				binaryData: true,
				binaryPropertyName: 'data',
			},
			{ credentials: { s3: { id: credentials.s3, name: 'S3' } } },
		),
		nodeOf(
			'SFTP',
			'n8n-nodes-base.ftp',
			{
				protocol: 'sftp',
				operation: 'upload',
				path: `=${sftp.folder}/{{ $json.task_id }}.mp4`,
				binaryPropertyName: 'data',
			},
			{ credentials: { sftp: { id: credentials.sftp, name: 'SFTP' } } },
		),
		nodeOf('Disk', 'n8n-nodes-base.readWriteFile', {
			operation: 'write',
			fileName: `=${disk}/{{ $json.task_id }}.mp4`,
			dataPropertyName: 'data',
		}),
	];
	const workflow = manualWorkflow(items, avatarNode(bench, { waitStrategy }));
	workflow.nodes.push(...stores);
	workflow.connections[NODE] = {
		main: [stores.map(({ name }) => ({ node: name, type: 'main', index: 0 }))],
	};
	return workflow;
}

/** Runs the workflow, and compares the stored files with CometAPI's. */
async function storeAndCompare(items: number, waitStrategy: string): Promise<Buffer[]> {
	const { rest, simulator } = bench;
	const id = await rest.createWorkflow(storingWorkflow(items, waitStrategy), 'Storage');
	const execution = await rest.until(await rest.run(id, 'Start'));
	expect(execution.error?.message).toBeUndefined();
	expect(simulator.tasks).toHaveLength(items);
	const delivered: Buffer[] = [];
	for (const task of simulator.tasks) {
		const url = execution.items(NODE).find((item) => item.json.task_id === task.id)?.json.video_url;
		if (typeof url !== 'string') throw new Error(`There is no item for task ${task.id}.`);
		const { data } = await axios.get<ArrayBuffer>(url, { responseType: 'arraybuffer' });
		const film = Buffer.from(data);
		const name = `${task.id}.mp4`;
		const stored = {
			s3: s3.read(name),
			sftp: readFileSync(path.join(sftp.folder, name)),
			disk: readFileSync(path.join(disk, name)),
		};
		for (const bytes of Object.values(stored)) expect(bytes.equals(film)).toBe(true);
		delivered.push(film);
	}
	return delivered;
}

test.each(['poll', 'callback'])(
	'videos from a wait by %s are stored as CometAPI delivers them',
	async (waitStrategy) => {
		const [one, other] = await storeAndCompare(2, waitStrategy);
		expect(one?.subarray(4, 8).toString()).toBe('ftyp');
		expect(one?.length).toBeGreaterThan(1000);
		expect(other?.length).toBeGreaterThan(1000);
	},
);

test('a video of 24 MB is stored completely', async () => {
	bench.simulator.configure({ media: 'tiny', resultBytes: BIG_BYTES });
	const [film] = await storeAndCompare(1, 'poll');
	expect(film).toHaveLength(BIG_BYTES);
});
