/**
 * The lengths of audio files as music-metadata reads them, as one line of JSON by file name. This
 * is a separate program because jest cannot load this library: `node musicMetadata.mjs FILE...`
 */
import { parseFile } from 'music-metadata';

const seconds = {};
for (const file of process.argv.slice(2)) {
	const { format } = await parseFile(file, { duration: true });
	seconds[file] = format.duration;
}
console.log(JSON.stringify(seconds));
