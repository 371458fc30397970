import tseslint from 'typescript-eslint';
import { n8nRules } from './eslint.n8n.mjs';

const vendors = ['LeadSquared', 'SyncroChat', 'Wegly', 'WoofedCrm'];

/** Refuses imports whose path matches one of the patterns. */
const boundary = (files, forbidden, message) => ({
	files,
	rules: { 'no-restricted-syntax': ['error', ...forbidden.map((pattern) => ({ selector: `ImportDeclaration[source.value=/${pattern}/]`, message }))] },
});
const insideFolder = (name) => `\\u002f${name}\\u002f`;

export default tseslint.config(
	{ ignores: ['.stryker-tmp/**', 'dist/**', 'coverage/**', 'node_modules/**'] },
	{
		files: ['**/*.{ts,mjs,js}'],
		extends: [tseslint.configs.recommended],
		rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }] },
	},
	...n8nRules,
	{ files: ['**/*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
	// Who may know whom: a vendor knows the shared core and itself, the core no vendor, credentials nothing.
	boundary(['nodes/shared/**/*.ts'], [...vendors, 'test'].map(insideFolder), 'The shared core knows no vendor.'),
	...vendors.map((vendor) =>
		boundary(
			[`nodes/${vendor}/**/*.ts`],
			[...vendors.filter((other) => other !== vendor), 'test'].map(insideFolder),
			'A vendor knows the shared core and itself.',
		),
	),
	boundary(['credentials/**/*.ts'], ['nodes\\u002f'], 'Credentials import nothing of the nodes.'),
);
