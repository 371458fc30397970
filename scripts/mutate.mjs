/**
 * Plants bugs into the files given and looks which of them the tests notice (mutation testing with StrykerJS).
 *
 * `npm run mutate -- [--concurrency 2] [--group http] [--tests a.test.ts,b.test.ts] nodes/shared/repeat.ts ...`
 *
 * A file may carry a range of lines (`repeat.ts:30-40`). The unit tests come first; only what survives them meets the
 * slower engine tests, those of `engineTestsOf` or of `--tests`. With `--group` the results go into
 * docs/mutation/<group>.json, and docs/mutation.md is written anew from all groups.
 */
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { engineTestsOf } from './mutation-tests.mjs';
import { printResult, resultOf, saveResult, writePage } from './mutation-report.mjs';

const { values, positionals: files } = parseArgs({
	allowPositionals: true,
	options: { concurrency: { type: 'string', default: '2' }, group: { type: 'string' }, tests: { type: 'string' } },
});

/** Runs Stryker once and gives back its mutants. */
async function mutantsOf(mutate, testFiles, enableFindRelatedTests) {
	return await new Stryker({
		mutate,
		testRunner: 'jest',
		// Not by Stryker's own `testFiles`: with it no test runs against a mutant that acts while a module is loaded.
		jest: { configFile: 'jest.mutation.config.js', config: { testMatch: testFiles.map((file) => `<rootDir>/${file}`) }, enableFindRelatedTests },
		coverageAnalysis: 'perTest',
		concurrency: Number(values.concurrency),
		reporters: ['progress-append-only'],
		warnings: { slow: false },
		logLevel: 'warn',
		allowConsoleColors: false,
		tempDirName: '.stryker-tmp',
		ignorePatterns: ['dist', 'coverage', 'examples', 'test/host'],
		disableTypeChecks: true,
	}).runMutationTest();
}

const keyOf = ({ location: { start, end }, mutatorName, replacement }) => [start.line, start.column, end.line, end.column, mutatorName, replacement].join();
const isNoticed = ({ status }) => status === 'Killed' || status === 'Timeout';
const isAlive = ({ status }) => status === 'Survived' || status === 'NoCoverage';
/** Stryker reports columns from 1 and reads them from 0. */
const rangeOf = (file, { location: { start, end } }) => `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
const unitTests = readdirSync('test/unit', { recursive: true }).filter((name) => name.endsWith('.test.ts')).map((name) => `test/unit/${name}`);

/** The mutants of a file after both passes. */
async function mutantsAfterBothPasses(target) {
	const [file] = target.split(':');
	const first = await mutantsOf([target], unitTests, true);
	const survivors = first.filter(isAlive);
	const engineTests = values.tests?.split(',') ?? engineTestsOf(file);
	if (survivors.length === 0 || engineTests.length === 0) return first;
	console.error(`${file}: ${survivors.length} of ${first.length} mutants survived the unit tests; now ${engineTests.join(', ')}`);
	// Jest sees no relation there: the engine's pack is loaded by a computed path.
	const ofEngine = await mutantsOf(survivors.map((mutant) => rangeOf(file, mutant)), engineTests, false);
	const second = new Map(ofEngine.map((mutant) => [keyOf(mutant), mutant]));
	return first.map((mutant) => {
		const again = second.get(keyOf(mutant));
		return isAlive(mutant) && again && (isNoticed(again) || mutant.status === 'NoCoverage') ? again : mutant;
	});
}

if (files.length === 0) throw new Error('Name the files to mutate, such as nodes/shared/repeat.ts');
for (const target of files) {
	const result = resultOf(target.split(':')[0], await mutantsAfterBothPasses(target));
	printResult(result);
	if (values.group && !target.includes(':')) saveResult(values.group, result);
}
if (values.group) writePage();
