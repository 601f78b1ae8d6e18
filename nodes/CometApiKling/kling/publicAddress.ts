/**
 * The only place that decides which addresses are public (docs/maintainers/decisions.md).
 *
 * Hosts are compared as the URL parser writes them. It has already turned decimal, octal and
 * hexadecimal spellings of an IPv4 address into four decimal numbers, and removed a trailing dot.
 */

/**
 * Names that only a local network resolves: RFC 6761, 6762 (appendix G), 8375, ICANN's `internal`,
 * and the names of Kubernetes, Docker and Consul. The root zone contains none of them.
 */
const LOCAL_SUFFIX =
	/(^|\.)(localhost|local|localdomain|localnet|internal|intranet|private|corp|home|lan|home\.arpa|test|example|invalid|onion|svc|docker|consul)$/;

/** Documentation addresses are 3fff::/20 (RFC 9637): the second group is below this. */
const END_OF_DOCUMENTATION = 0x1000;

const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;

/**
 * IPv4 ranges that are not routed on the internet, as address and prefix length (IANA's registry).
 */
const LOCAL_IPV4_RANGES: Array<[address: string, prefixBits: number]> = [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 3],
];

/** Whether a URL leads to the machine itself, so that plain http does not leave it. */
export function isLoopback({ hostname }: URL): boolean {
	const host = withoutTrailingDot(hostname);
	return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Whether a URL may carry anything confidential: https, or http that stays on the machine. */
export function isConfidential(url: URL): boolean {
	return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/**
 * Whether the host of an http(s) URL can be reached from anywhere, judged by its spelling alone. A
 * public name can still resolve to a local address; only n8n, which opens the connection, could
 * check that.
 */
export function isPublicAddress({ hostname }: URL): boolean {
	const host = withoutTrailingDot(hostname);
	if (host.startsWith('[')) return isPublicIpv6(host.slice(1, -1));
	if (IPV4.test(host)) return isPublicIpv4(host);
	const hasEmptyLabel = host.split('.').includes('');
	return host.includes('.') && !hasEmptyLabel && !LOCAL_SUFFIX.test(host);
}

function withoutTrailingDot(hostname: string): string {
	return hostname.toLowerCase().replace(/\.$/, '');
}

function isPublicIpv4(address: string): boolean {
	const bits = ipv4Bits(address);
	return !LOCAL_IPV4_RANGES.some(([start, prefixBits]) => {
		const size = 2 ** (32 - prefixBits);
		return Math.floor(bits / size) === Math.floor(ipv4Bits(start) / size);
	});
}

function ipv4Bits(address: string): number {
	return address.split('.').reduce((bits, part) => bits * 256 + Number(part), 0);
}

/**
 * Public IPv6 addresses start with 2 or 3 (2000::/3). Of these, 2001:db8::/32 and 3fff::/20 are
 * reserved for documentation, and 2001::/32 and 2002::/16 hide an IPv4 address. Mapped addresses
 * (::ffff:0:0/96) are outside this range.
 */
function isPublicIpv6(address: string): boolean {
	const [first = '', second = ''] = address.split(':');
	if (!/^[23][0-9a-f]{3}$/.test(first) || first === '2002') return false;
	if (first === '3fff') return Number(`0x${second || '0'}`) >= END_OF_DOCUMENTATION;
	return first !== '2001' || !['', '0', 'db8'].includes(second);
}
