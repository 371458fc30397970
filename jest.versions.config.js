const path = require('node:path');
const base = require('./jest.config');

/** Where `npm run test:versions` installed another version of n8n's engine. */
const engine = path.join(process.env.N8N_ENGINE_FOLDER, 'node_modules');

/** Published as ES modules only, and loaded by other versions of the engine than the project's. */
const esModules = ['is-network-error', 'p-retry'];

/** The tests in n8n's engine, with another version of the engine. */
/** @type {import('jest').Config} */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/{engine,trigger}/**/*.test.ts'],
	moduleNameMapper: { '^(n8n-core|n8n-workflow)(/.*)?$': `${engine}/$1$2` },
	transformIgnorePatterns: base.transformIgnorePatterns.map((pattern) =>
		pattern.replace('(?!(', `(?!(${esModules.join('|')}|`),
	),
};
