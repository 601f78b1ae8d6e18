import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

import { freePort } from '../n8n/freePort';
import { Program } from '../program';

/** sshd has to be started with its full path. */
const SSHD = '/usr/sbin/sshd';

/**
 * The folder in which sshd, run by root, confines its unprivileged part; the system's service
 * creates it.
 */
const EMPTY_FOLDER = '/run/sshd';

/** An OpenSSH server that serves files to the user who runs the tests. */
export interface SftpServer {
	/** A folder for uploads. */
	folder: string;
	/** For n8n's credential of the type `sftp`. */
	credential: object;
	stop(): Promise<void>;
}

/** Starts it on a free port of this machine, with its own keys and settings. */
export async function startSftp(): Promise<SftpServer> {
	const folder = mkdtempSync(path.join(tmpdir(), 'kling-sftp-'));
	const port = await freePort();
	const file = (name: string): string => path.join(folder, name);
	for (const key of ['host_key', 'user_key']) {
		execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(key)]);
	}
	copyFileSync(file('user_key.pub'), file('authorized_keys'));
	mkdirSync(file('uploads'));
	const { username, uid } = userInfo();
	if (uid === 0) mkdirSync(EMPTY_FOLDER, { recursive: true, mode: 0o755 });
	writeFileSync(
		file('sshd_config'),
		[
			`Port ${port}`,
			'ListenAddress 127.0.0.1',
			`HostKey ${file('host_key')}`,
			`AuthorizedKeysFile ${file('authorized_keys')}`,
			`AllowUsers ${username}`,
			'PermitRootLogin prohibit-password',
			'PasswordAuthentication no',
			'KbdInteractiveAuthentication no',
			'PidFile none',
			// Everyone can write to the folder for temporary files, which sshd would not trust.
			'StrictModes no',
			'Subsystem sftp internal-sftp',
		].join('\n'),
	);
	const program = new Program(SSHD, ['-D', '-e', '-f', file('sshd_config')]);
	await program.listens(port);
	return {
		folder: file('uploads'),
		credential: {
			host: '127.0.0.1',
			port,
			username,
			privateKey: readFileSync(file('user_key'), 'utf8'),
		},
		stop: async () => {
			await program.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
