/** Published as ES modules only, so that jest has to translate them. */
const esModules = ['@apidevtools/json-schema-ref-parser', 'fast-check', 'js-yaml', 'pure-rand'];

/** @type {import('jest').Config} */
module.exports = {
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
