import { PAGES } from './pageRules';

/**
 * How to get a direct URL, if this URL certainly leads to a page about a file.
 *
 * @returns full sentences, or `undefined` if it may be a file
 */
export function pageAdvice(url: URL): string | undefined {
	const site = url.hostname.replace(/\.$/, '').replace(/^www\./, '');
	for (const { host, address, advice } of PAGES) {
		if (!host.test(site)) continue;
		const match = address.exec(`${url.pathname}${url.search}`);
		if (match) return advice(match, url);
	}
	return undefined;
}
