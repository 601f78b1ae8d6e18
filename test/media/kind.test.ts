import { kindOf } from '../../nodes/CometApiKling/media/kind';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

it.each([
	['\xff\xd8\xff\xe0', 'image/jpeg', 'jpg', 'image'],
	['\x89PNG\r\n\x1a\n', 'image/png', 'png', 'image'],
	['\0\0\0\x20ftypisom', 'video/mp4', 'mp4', 'video'],
	['\0\0\0\x20ftypM4V ', 'video/mp4', 'mp4', 'video'],
	['\0\0\0\x20ftypM4A ', 'audio/mp4', 'm4a', 'audio'],
	['\0\0\0\x20ftypavif', 'image/avif', 'avif', 'image'],
	['\0\0\0\x14ftypqt  ', 'video/quicktime', 'mov', 'video'],
	['\x1a\x45\xdf\xa3', 'video/webm', 'webm', 'video'],
	['ID3\x04', 'audio/mpeg', 'mp3', 'audio'],
	['\xff\xfb\x90', 'audio/mpeg', 'mp3', 'audio'],
	['\xff\xf3\x90', 'audio/mpeg', 'mp3', 'audio'],
	['\xff\xf1\x50', 'audio/aac', 'aac', 'audio'],
	['\xff\xf9\x50', 'audio/aac', 'aac', 'audio'],
	['RIFF\0\0\0\0WAVE', 'audio/wav', 'wav', 'audio'],
])('%j is a result: %s', (start, mimeType, extension, family) => {
	expect(kindOf(latin1(start))).toMatchObject({ mimeType, extension, family });
});

it.each([
	'',
	'text',
	'{"a": 1}',
	'<html>',
	'%PDF-1.7',
	'RIFF\0\0\0\0ACON',
	'\xff\xee',
	'\xff',
	'\0',
])('%j is not a result', (start) => {
	expect(kindOf(latin1(start))?.family ?? 'other').toBe('other');
});

it.each([
	['BMW is a car', 'plain text'],
	['BM\x36\x10\x0e\0\0\0\0\0', 'a BMP image'],
	['<!-- a comment --><svg>', 'an SVG drawing'],
	['<!DOCTYPE svg PUBLIC "-//W3C">', 'an SVG drawing'],
	['FORM\0\0\0\0AIFC', 'AIFF audio'],
	['FORMAT of the file', 'plain text'],
	['<head>', 'a web page'],
	['[1, 2]', 'JSON text'],
	['[{}]', 'JSON text'],
	['{}', 'JSON text'],
	['[a link](elsewhere)', 'plain text'],
	['HTTP://EXAMPLE.COM', 'a URL saved as text'],
	['\n\t <html>', 'a web page'],
	['<?xml version="1.0"?><svg>', 'an SVG drawing'],
	['<?xml version="1.0"?>\n <!-- made by hand -->\n <svg>', 'an SVG drawing'],
	['<!-- a page --><p>', 'plain text'],
	[' <?xml version="1.0"?>', 'an XML document'],
	['{\n "a": 1}', 'JSON text'],
	['[\n "a"]', 'JSON text'],
	[' data:,a', 'a data: URL saved as text'],
	['a page begins with <html>', 'plain text'],
	['a drawing begins with <svg>', 'plain text'],
	['a document begins with <?xml', 'plain text'],
	['JSON is like {}', 'plain text'],
	['a link like data:,a', 'plain text'],
	['see https://example.com', 'plain text'],
])('%j is %s', (start, name) => {
	expect(kindOf(latin1(start))?.name).toBe(name);
});

it.each([
	['a character that the excerpt cuts through', `${'a'.repeat(511)}ü`, 'plain text'],
	['a text that is not UTF-8', latin1('Grüße aus Köln'), undefined],
	['a text that is not UTF-8 further on', latin1('a text of Köln, for example'), undefined],
	['two bytes that are not text', latin1('\xfe\xfd'), undefined],
	['a control character', 'text\x07', undefined],
	['a zero', 'text\0', undefined],
	['nothing at all', '', undefined],
])('%s', (_name, start, name) => {
	expect(kindOf(Buffer.from(start))?.name).toBe(name);
});
