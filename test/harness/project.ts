import path from 'node:path';

/** The root of the repository. */
export const PROJECT_FOLDER = path.resolve(__dirname, '../..');
