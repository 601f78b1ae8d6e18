import type { ChatMessage } from './chat';
import type { Post } from './videoSite';

/** The page on which a user of the playground reads the chat and sees the posts. */
export function servicesPage(messages: ChatMessage[], posts: Post[]): string {
	return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta http-equiv="refresh" content="3"><title>Chat and posts</title></head>
<body style="font-family: sans-serif; max-width: 40rem; margin: 2rem auto">
<h1>Chat</h1>
${messages.map(messageHtml).join('\n') || '<p>No messages yet.</p>'}
<h1>Posted videos</h1>
${posts.map(postHtml).join('\n') || '<p>No videos yet.</p>'}
</body>
</html>`;
}

function messageHtml({ text, buttons }: ChatMessage): string {
	const paragraphs = escapeHtml(text)
		.replace(/\[([^\]]*)\]\(([^)]*)\)/g, '<a href="$2" target="_blank">$1</a>')
		.replaceAll('\n', '<br>');
	const links = buttons.map(
		({ label, url }) => `<a href="${escapeHtml(url)}" target="_blank">[ ${escapeHtml(label)} ]</a>`,
	);
	return `<p>${paragraphs}</p><p>${links.join(' ')}</p><hr>`;
}

function postHtml({ title, bytes }: Post, index: number): string {
	return `<p>${index + 1}. ${escapeHtml(title)} (${bytes.length} bytes)</p>`;
}

function escapeHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
