const path = require('node:path');

/** Published as ES modules only, so that jest has to translate them. */
const esModules = ['@apidevtools/json-schema-ref-parser', 'fast-check', 'js-yaml', 'pure-rand'];

/** @type {import('jest').Config} */
const files = {
	testEnvironment: 'node',
	testTimeout: 60_000,
	restoreMocks: true,
	// Most tests wait for a server or a clock: on two cores jest would leave one idle.
	maxWorkers: '100%',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/host/', '<rootDir>/test/suite/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.stryker-tmp/', '<rootDir>/test/versions/hosts/'],
	// TypeScript itself takes a tenth of the suite's time; types are checked by the linting.
	transform: {
		'\\.ts$': ['@swc/jest', { jsc: { target: 'es2021', parser: { syntax: 'typescript' } } }],
		'/node_modules/.+\\.m?js$': ['@swc/jest', { jsc: { target: 'es2021', parser: { syntax: 'ecmascript' } } }],
	},
	transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
	globalSetup: '<rootDir>/test/engine/globalSetup.ts',
	setupFiles: ['<rootDir>/test/engine/environment.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/setup.ts'],
};

/** What differs from running test files one by one, by kind of run. */
const kinds = {
	files: () => ({}),
	/** The whole suite in a few groups, which takes half the time of the same files one by one. */
	suite: () => ({
		testMatch: ['<rootDir>/test/suite/*.test.ts', '<rootDir>/test/names/*.test.ts'],
		testPathIgnorePatterns: ['/node_modules/'],
	}),
	/** The tests that need neither the build nor n8n's engine, in one group. */
	fast: () => ({
		testMatch: ['<rootDir>/test/suite/fast/*.test.ts'],
		testPathIgnorePatterns: ['/node_modules/'],
	}),
	/** Tests in a real n8n: slow, and one after another. */
	host: () => ({
		testMatch: ['<rootDir>/test/host/tests/**/*.test.ts'],
		testPathIgnorePatterns: ['/node_modules/'],
		setupFilesAfterEnv: [],
		maxWorkers: 1,
		testTimeout: 120_000,
	}),
	/** The tests in n8n's engine, with another version of the engine, which `npm run test:versions` installed. */
	versions: () => {
		const engine = path.join(process.env.N8N_ENGINE_FOLDER, 'node_modules');
		const all = ['is-network-error', 'p-retry', ...esModules];
		return {
			testMatch: ['<rootDir>/test/{engine,trigger}/**/*.test.ts'],
			moduleNameMapper: { '^(n8n-core|n8n-workflow)(/.*)?$': `${engine}/$1$2` },
			transformIgnorePatterns: [`/node_modules/(?!(${all.join('|')})/)`],
		};
	},
};

/** The kind of run, by the npm script that runs jest. TEST_KIND names another one. */
const byScript = { test: 'suite', 'test:fast': 'fast', 'test:host': 'host', 'test:queue': 'host' };
const kind = process.env.TEST_KIND ?? byScript[process.env.npm_lifecycle_event] ?? 'files';

module.exports = { ...files, ...kinds[kind]() };
