const base = require('./jest.config');

/** Tests in a real n8n: slow, one after another, and apart from the suite. */
/** @type {import('jest').Config} */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/host/tests/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	setupFilesAfterEnv: [],
	maxWorkers: 1,
	testTimeout: 120_000,
};
