// The rules of this project, beside those of n8n in eslint.config.mjs, which n8n's strict mode
// wants untouched. `npm run lint` runs both; neither may report anything.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Plain JavaScript that Node runs as it stands: build, scripts, configurations. */
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
			// An async function without await is how an interface that returns a promise is met.
			'@typescript-eslint/require-await': 'off',
		},
	},
	{
		files: ['test/**/*.ts'],
		rules: {
			// `expect(object.method)` and calls of jest's doubles take methods off their objects.
			'@typescript-eslint/unbound-method': 'off',
		},
	},
	{ files: ['**/*.mjs'], languageOptions: { globals: nodeGlobals } },
	{
		files: ['**/*.js', '**/*.cjs'],
		languageOptions: { sourceType: 'commonjs', globals: commonJsGlobals },
	},
);
