// The rules of this project, in addition to n8n's in eslint.config.mjs, which n8n's strict mode
// requires unchanged. `npm run lint` runs both; neither may report anything.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Globals of the plain JavaScript that Node.js runs directly: build, scripts, configuration. */
const nodeGlobals = { Buffer: 'readonly', console: 'readonly', process: 'readonly' };
const commonJsGlobals = {
	...nodeGlobals,
	module: 'writable',
	require: 'readonly',
	__dirname: 'readonly',
};

export default tseslint.config(
	{ ignores: ['dist/', 'dist.next/', 'out/', 'coverage/', '**/node_modules/'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	js.configs.recommended,
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommendedTypeChecked],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'@typescript-eslint/no-unsafe-type-assertion': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
			],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			// An async function without await can implement an interface that returns a promise.
			'@typescript-eslint/require-await': 'off',
		},
	},
	{
		files: ['test/**/*.ts'],
		rules: {
			// `expect(object.method)` and assertions on jest's mocks detach methods from their objects.
			'@typescript-eslint/unbound-method': 'off',
		},
	},
	{ files: ['**/*.mjs'], languageOptions: { globals: nodeGlobals } },
	{
		files: ['**/*.js', '**/*.cjs'],
		languageOptions: { sourceType: 'commonjs', globals: commonJsGlobals },
	},
);
