const base = require('./jest.config');

/** The suite as StrykerJS runs it, file by file in one process (`npm run mutate`). */
/** @type {import('jest').Config} */
module.exports = {
	...base,
	maxWorkers: 1,
};
