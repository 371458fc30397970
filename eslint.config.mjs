import { readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';
import { n8nRules } from './eslint.n8n.mjs';

const vendors = readdirSync('nodes').filter((name) => name !== 'shared');

/** The layers of the shared core: each knows those before it. The last three know nothing of one another. */
const layers = ['base', 'http', 'fields', 'form', 'run', 'editor', 'trigger'];
const ends = layers.slice(-3);
const mayNotKnow = (layer, other) =>
	other !== layer && (layers.indexOf(other) > layers.indexOf(layer) || (ends.includes(layer) && ends.includes(other)));
const strangersOf = (layer) => layers.filter((other) => mayNotKnow(layer, other));

/** Refuses imports and re-exports, of types too, whose path matches one of the patterns. */
const boundary = (files, forbidden, message) => ({
	files,
	rules: {
		'no-restricted-syntax': [
			'error',
			...forbidden.flatMap((pattern) => [
				{
					selector: `:matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration)[source.value=/${pattern}/]`,
					message,
				},
				{ selector: `TSImportType[source.value=/${pattern}/]`, message },
			]),
		],
	},
});
const insideFolder = (name) => `\\u002f${name}(\\u002f|$)`;

export default tseslint.config(
	{ ignores: ['.stryker-tmp/**', 'dist/**', 'coverage/**', 'node_modules/**'] },
	{
		files: ['**/*.{ts,mjs,js}'],
		extends: [tseslint.configs.recommended],
		rules: {
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
			],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
			],
		},
	},
	// A promise that nobody waits for fails where nobody catches it, and its failure loses the item it belongs to.
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'test/**/*.ts'],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/return-await': ['error', 'always'],
		},
	},
	// What a user, a vendor or n8n gives may have a `toString` that is no function, or none: it becomes text in credentials/stringify.ts alone.
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		rules: {
			'@typescript-eslint/no-base-to-string': ['error', { checkUnknown: true }],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
			'@typescript-eslint/restrict-plus-operands': 'error',
		},
	},
	...n8nRules,
	{ files: ['**/*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
	// Who may know whom: a vendor knows the shared core and itself, the core no vendor, credentials nothing.
	...layers.map((layer) =>
		boundary(
			[`nodes/shared/${layer}/**/*.ts`],
			[...vendors, 'test', ...strangersOf(layer)].map(insideFolder),
			`The layer '${layer}' of the shared core knows the layers before it, and no vendor.`,
		),
	),
	boundary(['nodes/shared/*.ts'], ['.'], 'Every file of the shared core stands in a layer.'),
	...vendors.map((vendor) =>
		boundary(
			[`nodes/${vendor}/**/*.ts`],
			[...vendors.filter((other) => other !== vendor), 'test'].map(insideFolder),
			'A vendor knows the shared core and itself.',
		),
	),
	boundary(['credentials/**/*.ts'], ['nodes\\u002f'], 'Credentials import nothing of the nodes.'),
);
