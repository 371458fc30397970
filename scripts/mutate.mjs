/**
 * Makes small changes to source files and checks which of them the tests notice (mutation testing with StrykerJS).
 *
 * `npm run mutate -- [--concurrency 2] [--tests a.test.ts,b.test.ts] nodes/shared/http/retryPolicy.ts ...`
 *
 * A file may have a range of lines (`retryPolicy.ts:30-40`). The file's own unit tests run first. For mutants that survive
 * them, the other unit tests run, then the slower engine tests: those of `engineTestsOf` or of `--tests`, none with
 * `--tests ''`.
 */
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { engineTestsOf, unitTestsOf } from './mutation-tests.mjs';
import { printResult, resultOf } from './mutation-report.mjs';

const { values, positionals: files } = parseArgs({
	allowPositionals: true,
	options: { concurrency: { type: 'string', default: '2' }, tests: { type: 'string' } },
});

/** Runs Stryker once and returns its mutants. */
async function mutantsOf(mutate, testFiles, enableFindRelatedTests) {
	return await new Stryker({
		mutate,
		testRunner: 'jest',
		// Stryker's own `testFiles` would run no test against a mutant that acts while a module is loaded.
		jest: {
			configFile: 'jest.config.js',
			enableFindRelatedTests,
			config: { testMatch: testFiles.map((file) => `<rootDir>/${file}`) },
		},
		coverageAnalysis: 'perTest',
		// In a pass, it can happen that no test reaches the file.
		allowEmpty: true,
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

const keyOf = ({ location: { start, end }, mutatorName, replacement }) =>
	[start.line, start.column, end.line, end.column, mutatorName, replacement].join();
const isNoticed = ({ status }) => status === 'Killed' || status === 'Timeout';
const isAlive = ({ status }) => status === 'Survived' || status === 'NoCoverage';
/** Stryker reports columns from 1 but reads them from 0. */
const rangeOf = (file, { location: { start, end } }) =>
	`${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
const unitTests = readdirSync('test/unit', { recursive: true })
	.filter((name) => name.endsWith('.test.ts'))
	.map((name) => `test/unit/${name}`);

/** Returns the better result of two passes: a mutant that any pass noticed is noticed. */
const better = (mutant, again) => (again && (isNoticed(again) || mutant.status === 'NoCoverage') ? again : mutant);

/**
 * Returns the mutants of a file, or of a range of it, after all passes. Each pass tests the survivors of the passes
 * before.
 */
async function mutantsAfterAllPasses(target) {
	const [file] = target.split(':');
	const passes = [
		{ tests: unitTestsOf(file), isRelated: true },
		{ tests: unitTests, isRelated: true },
		// Jest finds no relation here, because the engine loads the pack from a computed path.
		{ tests: values.tests?.split(',').filter(Boolean) ?? engineTestsOf(file), isRelated: false },
	].filter(({ tests }) => tests.length > 0);
	let mutants;
	for (const { tests, isRelated } of passes) {
		const alive = mutants?.filter(isAlive);
		if (alive?.length === 0) break;
		const survived = alive ? `${alive.length} of ${mutants.length} mutants survived; now ` : '';
		console.error(`${file}: ${survived}${tests === unitTests ? 'all unit tests' : tests.join(', ')}`);
		const found = await mutantsOf(alive?.map((mutant) => rangeOf(file, mutant)) ?? [target], tests, isRelated);
		const byKey = new Map(found.map((mutant) => [keyOf(mutant), mutant]));
		// If no test reaches the file, Stryker makes no mutants, and the next pass starts.
		if (found.length > 0) mutants = mutants?.map((mutant) => better(mutant, byKey.get(keyOf(mutant)))) ?? found;
	}
	if (!mutants)
		throw new Error(`${file}: there are no mutants, because no test reaches the file or it has nothing to change`);
	return mutants;
}

if (files.length === 0) throw new Error('Name the files to mutate, such as nodes/shared/http/retryPolicy.ts');
for (const target of files) printResult(resultOf(target.split(':')[0], await mutantsAfterAllPasses(target)));
