import { isLoopback, isPublicAddress } from '../../nodes/CometApiKling/kling/publicAddress';

const at = (host: string): URL => new URL(`http://${host}:8080/file.mp4`);

test.each([
	'example.com',
	'10.example.com',
	'0.gravatar.com',
	'127.example.com',
	'169.254.example.com',
	'192.168.1.1.nip.io',
	'localhostess.com',
	'mylocal.com',
	'lan.example.com',
	'internal.example.com',
	'fc.example.com',
	'xn--bcher-kva.example.com',
	'EXAMPLE.COM',
	'example.com.',
	'8.8.8.8',
	'11.0.0.1',
	'100.63.255.255',
	'100.128.0.1',
	'172.15.0.1',
	'172.32.0.1',
	'192.167.1.1',
	'223.255.255.254',
	'[2606:4700::1111]',
	'[2001:4860:4860::8888]',
	'[3fff:1000::1]',
	'svc.example.com',
	'docker.com',
])('%s is public', (host) => {
	expect(isPublicAddress(at(host))).toBe(true);
	expect(isLoopback(at(host))).toBe(false);
});

test.each([
	'localhost',
	'LOCALHOST.',
	'a.localhost',
	'minio',
	'n8n.',
	'nas.lan',
	'nas.lan.',
	'printer.local',
	'metadata.google.internal',
	'router.home.arpa',
	'files.corp',
	'minio.default.svc',
	'minio.docker',
	'db.service.consul',
	'nas.localnet',
	'cdn.example',
	'.com',
	'example..com',
	'example.com..',
	'0.0.0.0',
	'0',
	'127.0.0.1',
	'127.1',
	'127.0.0.1.',
	'2130706433',
	'0x7f000001',
	'0x7f.1',
	'017700000001',
	'10.1.2.3',
	'100.64.0.1',
	'100.127.255.255',
	'169.254.169.254',
	'172.16.0.1',
	'172.31.255.255',
	'192.168.0.1',
	'192.0.2.1',
	'198.19.0.1',
	'224.0.0.1',
	'255.255.255.255',
	'[::]',
	'[::1]',
	'[0:0:0:0:0:0:0:1]',
	'[::ffff:127.0.0.1]',
	'[::ffff:8.8.8.8]',
	'[::127.0.0.1]',
	'[64:ff9b::7f00:1]',
	'[2002:7f00:1::]',
	'[2001::1]',
	'[2001:db8::1]',
	'[3fff::1]',
	'[3fff:fff::1]',
	'[fc00::1]',
	'[fd12:3456::1]',
	'[fe80::1]',
	'[ff02::1]',
])('%s means something different to each machine', (host) => {
	expect(isPublicAddress(at(host))).toBe(false);
});

test.each(['localhost', 'localhost.', '127.0.0.1', '127.8.9.1', '0x7f.1', '[::1]'])(
	'%s is this machine',
	(host) => {
		expect(isLoopback(at(host))).toBe(true);
	},
);

test.each(['a.localhost', '0.0.0.0', '[::]', '10.0.0.1', 'localhost.example.com', 'minio'])(
	'%s may be another machine',
	(host) => {
		expect(isLoopback(at(host))).toBe(false);
	},
);
