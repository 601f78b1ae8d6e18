import { readFileSync } from 'node:fs';
import path from 'node:path';
import packageJson from '../../package.json';

const PROJECT_ROOT = path.resolve(__dirname, '../..');

/** `n8n-node lint` compares the configuration with this file and rejects any other. */
const EXPECTED_CONFIG =
	'node_modules/@n8n/node-cli/dist/template/templates/shared/default/eslint.config.mjs';

function words(file: string): string {
	return readFileSync(path.join(PROJECT_ROOT, file), 'utf8').replace(/\s+/g, ' ').trim();
}

describe("n8n's strict mode", () => {
	it('is on', () => {
		expect(packageJson.n8n.strict).toBe(true);
	});

	it("finds n8n's own eslint configuration unchanged", () => {
		expect(words('eslint.config.mjs')).toBe(words(EXPECTED_CONFIG));
	});
});
