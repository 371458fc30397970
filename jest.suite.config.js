const base = require('./jest.config');

/** Folders whose files run in shares (test/suite/together.ts). No snapshots stand in them: jest keeps those by the file that it runs. */
const grouped = ['contract', 'description', 'engine', 'sandbox', 'trigger', 'unit'];

/** The whole suite, as `npm test` runs it: half the time of the same files one by one. */
/** @type {import('jest').Config} */
module.exports = {
	...base,
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/host/',
		...grouped.map((folder) => `<rootDir>/test/${folder}/`),
	],
};
