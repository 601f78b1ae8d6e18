import { checkedUrl, templateLeftovers } from '../../nodes/CometApiKling/actions/shared/linkInput';
import { pageAdvice } from '../../nodes/CometApiKling/kling/linkedPage';

const check = (text: string) => checkedUrl(text, 'Image URL', false);

test.each([
	['https://example.com/face.png'],
	['https://10.example.com/face.png'],
	['https://example.com/a?sig=a%2Fb+c=&x={y}'],
	['https://example.com/fetch?u=https://other.example.com/a.png'],
	['https://example.com/a,https.png'],
	['https://example.com/a/../b?path=C:\\dir&sig=%2f%2F'],
	['https://a.example.com/merge?images=https://a.example.com/1.png,https://b.example.com/2.png'],
	['https://a.example.com/merge?i=https://a.example.com/1.png?w=1|https://b.example.com/2.png'],
	['https://a.example.com/card?text=first%0Ahttps://b.example.com'],
	['https://a.example.com/card?data=%7B%22a%22:%7B%22b%22:%7B%7D%7D%7D'],
])('%s is sent as it was typed', (text) => {
	expect(check(text)).toBe(text);
});

test.each([
	['https://example.com/my face.png', 'https://example.com/my%20face.png'],
	['https://example.com/Müller.png?n=世', 'https://example.com/M%C3%BCller.png?n=%E4%B8%96'],
	['https://example.com/50%25 off é.png', 'https://example.com/50%25%20off%20%C3%A9.png'],
	['https://bücher.example.com/a', 'https://xn--bcher-kva.example.com/a'],
])('%s is sent percent-encoded', (text, sent) => {
	expect(check(text)).toBe(sent);
});

test.each([
	'https:/example.com/dir/a.png?sig=a%2Fb+c=',
	'https:example.com/dir/a.png?sig=a%2Fb+c=',
	'https:///example.com/dir/a.png?sig=a%2Fb+c=',
	'https:\\\\example.com\\dir\\a.png?sig=a%2Fb+c=',
	'https://example.com\\dir\\a.png?sig=a%2Fb+c=',
	'https://example.com/dir\\a.png?sig=a%2Fb+c=',
])('%s is sent as the checked URL', (text) => {
	expect(check(text)).toBe('https://example.com/dir/a.png?sig=a%2Fb+c=');
});

test.each(['\u200b', '\u202c', '\u2060', '\ufeff', '\u200e \u200b'])(
	'the invisible characters %j around a URL are removed',
	(invisible) => {
		expect(check(`${invisible}https://example.com/a.png?sig=a%2Fb${invisible}`)).toBe(
			'https://example.com/a.png?sig=a%2Fb',
		);
	},
);

test('invisible characters inside a URL are part of it', () => {
	expect(check('https://example.com/a\u200db.png')).toBe('https://example.com/a%E2%80%8Db.png');
});

test.each([
	['https://a.example.com/1.png https://a.example.com/2.png', /more than one URL/],
	['https://a.example.com/1.png,https://a.example.com/2.png', /more than one URL/],
	['https://a.example.com/1.png\nhttps://a.example.com/2.png', /more than one URL/],
	['https://a.example.com/1.png，https://b.example.com/2.png', /more than one URL/],
	['https://a.example.com/1.png、https://b.example.com/2.png', /more than one URL/],
	['https://a.example.com/1.png；https://b.example.com/2.png', /more than one URL/],
	['https://a.example.com/1.png\\nhttps://b.example.com/2.png', /more than one URL/],
	['https://a.example.com/1.png%0D%0Ahttps://b.example.com/2.png', /more than one URL/],
	['https://a.example.com/1.png?sig=x,https://b.example.com/2.png?sig=y', /more than one URL/],
	['https://a.example.com/?i=https://b.example.com https://c.example.com', /more than one URL/],
	['https://example.com/{{ $json.name }}.png', /unresolved text "\{\{ \$json\.name \}\}"/],
	['{{ $json.url }}', /unresolved text/],
	['https://example.com/[object Object]', /unresolved text "\[object Object\]"/],
	['[object Object]', /unresolved text/],
	['https://example.com/%5Bobject%20Object%5D.png', /unresolved text "\[object Object\]"/],
	['https://example.com/50%.png?n=[object+Object]', /unresolved text/],
	['https://example.com/[object%20Object]', /unresolved text/],
	['https://example.com/%7b%7B%20$json.n%20%7D%7d.png', /unresolved text "\{\{ \$json\.n \}\}"/],
	['http://minio:9000/face.png', /points to minio, which Kling cannot reach/],
	['http://100.64.1.2/face.png', /cannot reach/],
	['http://[::ffff:10.0.0.1]/face.png', /cannot reach/],
	['https://nas.lan./face.png', /cannot reach/],
	[`https://example.com/${'é'.repeat(1000)}`, /longer than 4000/],
])('%s is rejected', (text, says) => {
	expect(() => check(text)).toThrow(says);
});

test.each([
	['Say {{ $json.name }} now', '{{ $json.name }}'],
	['Hello [object Object]!', '[object Object]'],
	['Hello [object Promise]!', '[object Promise]'],
	[
		'Hi {{ $json.tags.map(t => { return t.name }) }}!',
		'{{ $json.tags.map(t => { return t.name }) }}',
	],
	['Hi {{ $json.a ?? {} }}!', '{{ $json.a ?? {} }}'],
	['Hi {{ `${$json.a}` }}!', '{{ `${$json.a}` }}'],
	['Hi {{ JSON.stringify({a: 1}) }}!', '{{ JSON.stringify({a: 1}) }}'],
	['Hi {{\n$json.a\n}}!', '{{\n$json.a\n}}'],
])('"%s" contains a leftover expression', (text, leftover) => {
	expect(templateLeftovers(text)).toBe(leftover);
});

test('a text of many braces is searched in linear time', () => {
	const startedAt = performance.now();
	expect(templateLeftovers('{{ '.repeat(300_000))).toBeUndefined();
	expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test.each(['{ a }', '{{', 'a }} b', 'the [object] here', '[objection Object]', '{{}'])(
	'"%s" contains no leftover expression',
	(text) => {
		expect(templateLeftovers(text)).toBeUndefined();
	},
);

test.each([
	[
		'https://drive.google.com/file/d/1AbC-_d/view?usp=sharing',
		'https://drive.usercontent.google.com/download?id=1AbC-_d&export=download',
	],
	[
		'https://drive.google.com/open?usp=x&id=1AbC',
		'https://drive.usercontent.google.com/download?id=1AbC&export=download',
	],
	['https://drive.google.com/drive/folders/1AbC', 'binary field'],
	...[
		'https://drive.google.com/a/acme.com/file/d/1AbC/view',
		'https://drive.google.com./file/d/1AbC/view',
		'https://drive.google.com/u/0/open?id=1AbC',
		'https://drive.google.com/a/acme.com/open?id=1AbC',
	].map((link) => [link, 'https://drive.usercontent.google.com/download?id=1AbC&export=download']),
	['https://drive.google.com/drive/u/0/folders/1AbC', 'binary field'],
	['https://drive.google.com/a/acme.com/drive/folders/1AbC', 'binary field'],
	['https://www.dropbox.com/sh/abc/def?dl=0', 'Share the file itself'],
	['https://www.dropbox.com/scl/fo/abc/h?rlkey=x&dl=0', 'Share the file itself'],
	['https://onedrive.live.com/?id=1&cid=2', 'download=1'],
	['https://onedrive.live.com/redir?resid=1', 'download=1'],
	['https://app.box.com/s/abc123', 'Box node'],
	['https://acme.app.box.com/file/123', 'Box node'],
	[
		'https://huggingface.co/o/m/blob/main/a/face.png',
		'https://huggingface.co/o/m/resolve/main/a/face.png',
	],
	[
		'https://huggingface.co/datasets/o/blob/blob/main/face.png',
		'https://huggingface.co/datasets/o/blob/resolve/main/face.png',
	],
	[
		'https://gitlab.com/g/s/r/-/blob/main/face.png?ref_type=heads',
		'https://gitlab.com/g/s/r/-/raw/main/face.png',
	],
	[
		'https://commons.wikimedia.org/wiki/File:My_Face.jpg?uselang=de',
		'https://commons.wikimedia.org/wiki/Special:FilePath/My_Face.jpg',
	],
	['https://unsplash.com/photos/a-face-abc', 'https://images.unsplash.com/'],
	['https://ibb.co/abc', 'https://i.ibb.co/'],
	['https://postimg.cc/abc', 'https://i.postimg.cc/'],
	['https://we.tl/t-abc', 'binary field'],
	['https://wetransfer.com/downloads/abc/def', 'binary field'],
	['https://mega.nz/file/abc#key', 'binary field'],
	['https://www.icloud.com/iclouddrive/abc#face', 'binary field'],
	['https://share.icloud.com/photos/abc', 'binary field'],
	['https://pan.baidu.com/s/1abc', 'binary field'],
	['https://disk.yandex.ru/i/abc', 'binary field'],
	['https://disk.yandex.com.tr/d/abc', 'binary field'],
	[
		'https://www.github.com/o/r/blob/main/face.png',
		'https://raw.githubusercontent.com/o/r/main/face.png',
	],
	[
		'https://www.dropbox.com/scl/fi/k/face.png?rlkey=r&dl=0',
		'https://www.dropbox.com/scl/fi/k/face.png?rlkey=r&raw=1',
	],
	['https://www.dropbox.com/s/k/face.png', 'https://www.dropbox.com/s/k/face.png?raw=1'],
	['https://contoso.sharepoint.com/:i:/g/personal/a/Ex?e=1', 'download=1'],
	['https://1drv.ms/i/s!abc', 'download=1'],
	['https://www.youtube.com/watch?v=a', 'binary field'],
	['https://youtu.be/a', 'binary field'],
	[
		'https://github.com/o/r/blob/main/a b/face.png',
		'https://raw.githubusercontent.com/o/r/main/a%20b/face.png',
	],
	['https://imgur.com/gallery/abc', 'https://i.imgur.com/'],
])('%s is a page', (link, advice) => {
	expect(pageAdvice(new URL(link))).toContain(advice);
});

test.each([
	'https://drive.google.com/uc?export=download&id=1AbC',
	'https://drive.usercontent.google.com/download?id=1AbC',
	'https://drive.google.com/thumbnail?id=1AbC',
	'https://www.dropbox.com/scl/fi/k/face.png?rlkey=r&raw=1',
	'https://www.dropbox.com/scl/fi/k/face.png?rlkey=r&dl=1',
	'https://dl.dropboxusercontent.com/s/k/face.png',
	'https://contoso.sharepoint.com/:i:/g/personal/a/Ex?e=1&download=1',
	'https://raw.githubusercontent.com/o/r/main/face.png',
	'https://github.com/o/r/raw/main/face.png',
	'https://github.com/o/r/blob/main/face.png?raw=true',
	'https://i.imgur.com/abc.png',
	'https://imgur.com/abc.png',
	'https://img.youtube.com/vi/a/0.jpg',
	'https://example.com/file/d/1/view',
	'https://www.dropbox.com/sh/abc/def/face.png?dl=1',
	'https://www.dropbox.com/scl/fo/abc/h/face.png?rlkey=x&raw=1',
	'https://onedrive.live.com/download?resid=1&authkey=2',
	'https://app.box.com/shared/static/abc.png',
	'https://public.boxcloud.com/d/1/abc',
	'https://api.box.com/2.0/files/1/content',
	'https://huggingface.co/o/m/resolve/main/face.png',
	'https://huggingface.co/datasets/o/blob/resolve/main/face.png',
	'https://gitlab.com/g/r/-/raw/main/face.png',
	'https://commons.wikimedia.org/wiki/Special:FilePath/Face.jpg',
	'https://upload.wikimedia.org/wikipedia/commons/a/a9/Face.jpg',
	'https://unsplash.com/photos/abc/download?force=true',
	'https://images.unsplash.com/photo-1?w=800',
	'https://i.ibb.co/abc/face.png',
	'https://i.postimg.cc/abc/face.png',
	'https://cvws.icloud-content.com/B/abc/face.png',
	'https://downloader.disk.yandex.ru/disk/abc/face.png',
])('%s may be a file', (link) => {
	expect(pageAdvice(new URL(link))).toBeUndefined();
});
