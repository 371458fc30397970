/**
 * Plants bugs into the files given and looks which of them the tests notice (mutation testing with StrykerJS).
 *
 * `npm run mutate -- [--concurrency 2] [--tests a.test.ts,b.test.ts] nodes/shared/http/retryPolicy.ts ...`
 *
 * A file may carry a range of lines (`repeat.ts:30-40`). The file's own unit test comes first; what survives it meets
 * the others, and what survives those too meets the slower engine tests: those of `engineTestsOf` or of `--tests`, none
 * with `--tests ''`.
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

/** Runs Stryker once and gives back its mutants. */
async function mutantsOf(mutate, testFiles, enableFindRelatedTests) {
	return await new Stryker({
		mutate,
		testRunner: 'jest',
		// Not by Stryker's own `testFiles`: with it no test runs against a mutant that acts while a module is loaded.
		jest: {
			configFile: 'jest.config.js',
			enableFindRelatedTests,
			config: { testMatch: testFiles.map((file) => `<rootDir>/${file}`) },
		},
		coverageAnalysis: 'perTest',
		// No test may reach the file in a pass.
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
/** Stryker reports columns from 1 and reads them from 0. */
const rangeOf = (file, { location: { start, end } }) =>
	`${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
const unitTests = readdirSync('test/unit', { recursive: true })
	.filter((name) => name.endsWith('.test.ts'))
	.map((name) => `test/unit/${name}`);

/** What noticed it in any pass counts; else what is known best. */
const better = (mutant, again) => (again && (isNoticed(again) || mutant.status === 'NoCoverage') ? again : mutant);

/** The mutants of a file, or of a range of it, after all passes; each pass meets the survivors of those before it. */
async function mutantsAfterAllPasses(target) {
	const [file] = target.split(':');
	const passes = [
		{ tests: unitTestsOf(file), isRelated: true },
		{ tests: unitTests, isRelated: true },
		// Jest sees no relation there: the engine's pack is loaded by a computed path.
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
		// Stryker plants nothing where no test reaches the file: the next pass begins then.
		if (found.length > 0) mutants = mutants?.map((mutant) => better(mutant, byKey.get(keyOf(mutant)))) ?? found;
	}
	if (!mutants)
		throw new Error(`${file}: nothing was planted, because no test reaches it or there is nothing to change`);
	return mutants;
}

if (files.length === 0) throw new Error('Name the files to mutate, such as nodes/shared/http/retryPolicy.ts');
for (const target of files) printResult(resultOf(target.split(':')[0], await mutantsAfterAllPasses(target)));
