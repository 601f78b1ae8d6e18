/** A host whose URLs of a certain shape lead to a page that shows a file, never to the file. */
interface PageRule {
	host: RegExp;
	/** Tested against the path and the query. */
	address: RegExp;
	advice: (match: RegExpExecArray, url: URL) => string;
}

/**
 * Only URLs that certainly lead to a page: rejecting a usable URL is worse than sending one that
 * Kling rejects. The direct forms come from the help pages of these services.
 */
const PAGES: PageRule[] = [
	{
		host: /^(drive|docs)\.google\.com$/,
		address: /^\/(?:u\/\d+\/)?file\/(?:u\/\d+\/)?d\/([\w-]+)/,
		advice: ([, id]) =>
			useInstead(`https://drive.usercontent.google.com/download?id=${id}&export=download`),
	},
	{
		host: /^drive\.google\.com$/,
		address: /^\/open\?(?:[^#]*&)?id=([\w-]+)/,
		advice: ([, id]) =>
			useInstead(`https://drive.usercontent.google.com/download?id=${id}&export=download`),
	},
	{
		host: /^drive\.google\.com$/,
		address: /^\/drive\//,
		advice: () => PASS_THE_FILE,
	},
	{
		host: /^photos\.(google\.com|app\.goo\.gl)$/,
		address: /^\//,
		advice: () => PASS_THE_FILE,
	},
	{
		host: /^(www\.)?dropbox\.com$/,
		// With `raw=1` or `dl=1`, the same URL leads to the file.
		address: /^\/(?:s|scl\/fi)\/(?!.*[?&](?:raw|dl)=1(?:&|$))/,
		advice: (_match, url) => {
			const direct = new URL(url);
			direct.searchParams.delete('dl');
			direct.searchParams.set('raw', '1');
			return useInstead(direct.href);
		},
	},
	{
		host: /^([\w-]+\.)?sharepoint\.com$|^1drv\.ms$|^onedrive\.live\.com$/,
		// With `download=1` at its end, a URL that anyone can open leads to the file.
		address: /^\/(?:(?::[a-z]:|[a-z])\/)(?!.*[?&]download=1(?:&|$))/,
		advice: () =>
			'Use a link that anyone can open and that ends with download=1, or get the file with the OneDrive or SharePoint node and pass it as a binary field.',
	},
	{
		host: /^((www|m|music)\.)?youtube\.com$|^youtu\.be$|^(www\.)?(vimeo|tiktok|instagram|facebook|x|twitter)\.com$/,
		address: /^\//,
		advice: () => PASS_THE_FILE,
	},
	{
		host: /^github\.com$/,
		// With `raw=true` GitHub redirects to the file.
		address: /^\/([\w.-]+\/[\w.-]+)\/blob\/(?!.*[?&]raw=(?:true|1)(?:&|$))([^?]+)/,
		advice: ([, repository, path]) =>
			useInstead(`https://raw.githubusercontent.com/${repository}/${path}`),
	},
	{
		host: /^(www\.|m\.)?imgur\.com$/,
		// URLs that end in a file name are redirected to the file.
		address: /^\/(?!.*\.(?:jpe?g|png|gif|mp4)(?:\?|$))./,
		advice: () =>
			'Open the picture, choose "Copy image address", and use that link, which starts with https://i.imgur.com/.',
	},
];

const PASS_THE_FILE =
	'This service does not provide direct links. Download the file and pass it as a binary field.';

function useInstead(link: string): string {
	return `If the file is shared with everyone, use ${link} instead, or pass the file as a binary field.`;
}

/**
 * How to get a direct URL, if this URL certainly leads to a page about a file.
 *
 * @returns full sentences, or `undefined` if it may be a file
 */
export function pageAdvice(url: URL): string | undefined {
	for (const { host, address, advice } of PAGES) {
		if (!host.test(url.hostname)) continue;
		const match = address.exec(`${url.pathname}${url.search}`);
		if (match) return advice(match, url);
	}
	return undefined;
}
