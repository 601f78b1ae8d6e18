/** A host whose URLs of a certain shape lead to a page that shows a file, never to the file. */
interface PageRule {
	/** Tested against the host name without `www.` and without a trailing dot. */
	host: RegExp;
	/** Tested against the path and the query. */
	address: RegExp;
	advice: (match: RegExpExecArray, url: URL) => string;
}

/**
 * Only URLs that certainly lead to a page: rejecting a usable URL is worse than sending one that
 * Kling rejects. The direct forms come from the help pages of these services.
 */
export const PAGES: PageRule[] = [
	{
		host: /^(drive|docs)\.google\.com$/,
		// Google adds the user's number (`/u/0/`) or the domain of a company (`/a/example.com/`).
		address: /^\/(?:(?:u|a)\/[^/?]+\/)*file\/(?:u\/\d+\/)?d\/([\w-]+)/,
		advice: ([, id]) => googleDriveFile(id),
	},
	{
		host: /^drive\.google\.com$/,
		address: /^\/(?:(?:u|a)\/[^/?]+\/)*open\?(?:[^#]*&)?id=([\w-]+)/,
		advice: ([, id]) => googleDriveFile(id),
	},
	{
		host: /^drive\.google\.com$/,
		address: /^\/(?:(?:u|a)\/[^/?]+\/)*drive\//,
		advice: () => PASS_THE_FILE,
	},
	{
		host: /^photos\.(google\.com|app\.goo\.gl)$/,
		address: /^\//,
		advice: () => PASS_THE_FILE,
	},
	{
		host: /^dropbox\.com$/,
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
		host: /^dropbox\.com$/,
		// The URL of a folder can name a file in it; it then leads to the file with `raw=1` or `dl=1`.
		address: /^\/(?:sh|scl\/fo)\/(?!.*[?&](?:raw|dl)=1(?:&|$))/,
		advice: () =>
			'Share the file itself instead of its folder, and end the link with raw=1, or pass the file as a binary field.',
	},
	{
		host: /^([\w-]+\.)?sharepoint\.com$|^1drv\.ms$|^onedrive\.live\.com$/,
		// With `download=1` at its end, a URL that anyone can open leads to the file.
		address: /^\/(?:(?::[a-z]:|[a-z])\/)(?!.*[?&]download=1(?:&|$))/,
		advice: () => SHARE_ON_ONEDRIVE,
	},
	{
		host: /^onedrive\.live\.com$/,
		address: /^\/(?:redir)?\?(?!.*\bdownload=1(?:&|$))/,
		advice: () => SHARE_ON_ONEDRIVE,
	},
	{
		host: /^(app|[\w-]+\.app)\.box\.com$/,
		// Direct links start with `/shared/static/`; only paid accounts have them.
		address: /^\/(?:s|file|folder)\//,
		advice: () =>
			'Use the direct link in the settings of the shared link, or get the file with the Box node and pass it as a binary field.',
	},
	{
		host: /^((m|music)\.)?youtube\.com$|^youtu\.be$|^(vimeo|tiktok|instagram|facebook|x|twitter)\.com$/,
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
		host: /^huggingface\.co$/,
		address:
			/^(\/(?:(?:datasets|spaces)\/|(?!datasets\/|spaces\/))[\w.-]+\/[\w.-]+)\/blob\/([^?]+)/,
		advice: ([, repository, path]) =>
			useInstead(`https://huggingface.co${repository}/resolve/${path}`),
	},
	{
		host: /^gitlab\.com$/,
		address: /^(\/[^?]+)\/-\/blob\/([^?]+)/,
		advice: ([, repository, path]) => useInstead(`https://gitlab.com${repository}/-/raw/${path}`),
	},
	{
		host: /^commons\.wikimedia\.org$/,
		address: /^\/wiki\/File(?::|%3a)([^?]+)/i,
		advice: ([, name]) => useInstead(`https://commons.wikimedia.org/wiki/Special:FilePath/${name}`),
	},
	{
		host: /^(m\.)?imgur\.com$/,
		// URLs that end in a file name are redirected to the file.
		address: /^\/(?!.*\.(?:jpe?g|png|gif|mp4)(?:\?|$))./,
		advice: () => copyImageAddress('i.imgur.com'),
	},
	{
		host: /^ibb\.co$/,
		address: /^\/\w+\/?(?:\?|$)/,
		advice: () => copyImageAddress('i.ibb.co'),
	},
	{
		host: /^postimg\.cc$/,
		address: /^\/\w+\/?(?:\?|$)/,
		advice: () => copyImageAddress('i.postimg.cc'),
	},
	{
		host: /^unsplash\.com$/,
		// With `/download` at the end of its path, the URL is redirected to the file.
		address: /^\/photos\/[^/?]+\/?(?:\?|$)/,
		advice: () => copyImageAddress('images.unsplash.com'),
	},
	{
		host: /^we\.tl$/,
		address: /^\/./,
		advice: () => PASS_THE_FILE,
	},
	{
		host: /^wetransfer\.com$/,
		address: /^\/downloads\//,
		advice: () => PASS_THE_FILE,
	},
	{
		host: /^mega\.nz$/,
		address: /^\/(?:file|folder)\//,
		advice: () => PASS_THE_FILE,
	},
	{
		host: /^icloud\.com$/,
		address: /^\/iclouddrive\//,
		advice: () => PASS_THE_FILE,
	},
	{
		host: /^share\.icloud\.com$/,
		address: /^\/./,
		advice: () => PASS_THE_FILE,
	},
	{
		host: /^pan\.baidu\.com$/,
		address: /^\/s\//,
		advice: () => PASS_THE_FILE,
	},
	{
		host: /^disk\.yandex\.(com|com\.tr|ru|by|kz|uz)$/,
		address: /^\/[di]\//,
		advice: () => PASS_THE_FILE,
	},
];

const PASS_THE_FILE =
	'This service does not provide direct links. Download the file and pass it as a binary field.';

const SHARE_ON_ONEDRIVE =
	'Use a link that anyone can open and that ends with download=1, or get the file with the OneDrive or SharePoint node and pass it as a binary field.';

function useInstead(link: string): string {
	return `If the file is shared with everyone, use ${link} instead, or pass the file as a binary field.`;
}

function googleDriveFile(id: string | undefined): string {
	return useInstead(`https://drive.usercontent.google.com/download?id=${id}&export=download`);
}

function copyImageAddress(host: string): string {
	return `Open the picture, choose "Copy image address", and use that link, which starts with https://${host}/.`;
}
