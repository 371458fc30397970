import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** Rules of n8n-nodes-base that n8n itself switches off for community nodes (@n8n/node-cli/eslint). */
const baseRules = (set) => ({
	...n8nNodesBase.configs[set].rules,
	'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
	'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
	'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
	'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
	'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
});

const vendors = ['LeadSquared', 'SyncroChat', 'Wegly', 'WoofedCrm'];

/** Who may know whom: a vendor knows the shared core and itself; the core knows no vendor; credentials know nothing. */
const boundary = (files, forbidden, message) => ({
	files,
	rules: { 'no-restricted-syntax': ['error', ...forbidden.map((pattern) => ({ selector: `ImportDeclaration[source.value=/${pattern}/]`, message }))] },
});

export default tseslint.config(
	{ ignores: ['dist/**', 'coverage/**', 'node_modules/**'] },
	{ files: ['**/*.{ts,mjs,js}'], extends: [tseslint.configs.recommended] },
	{ plugins: { 'n8n-nodes-base': n8nNodesBase } },
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
	},
	{ files: ['nodes/**/*.ts'], rules: { ...baseRules('nodes'), 'no-console': 'error', '@typescript-eslint/no-explicit-any': 'error' } },
	{ files: ['credentials/**/*.ts'], rules: { ...baseRules('credentials'), 'no-console': 'error' } },
	{ files: ['package.json'], languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } }, rules: baseRules('community') },
	boundary(['nodes/shared/**/*.ts'], vendors.map((vendor) => `\\u002f${vendor}\\u002f`), 'The shared core knows no vendor.'),
	...vendors.map((vendor) =>
		boundary([`nodes/${vendor}/**/*.ts`], vendors.filter((other) => other !== vendor).map((other) => `\\u002f${other}\\u002f`).concat('\\u002ftest\\u002f'), 'A vendor knows the shared core and itself.'),
	),
	boundary(['credentials/**/*.ts'], ['nodes\\u002f'], 'Credentials import nothing of the nodes.'),
	{
		files: ['**/*.{js,cjs}'],
		extends: [tseslint.configs.disableTypeChecked],
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
);
