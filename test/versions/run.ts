/**
 * The tests in n8n's engine with the engines of several versions of n8n, and a few in whole n8ns:
 * `npm run test:versions -- [version ...]`.
 *
 * Each version is installed once, from its own lock. Prints what passed, and what was not run and why.
 */
import Table from 'cli-table3';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import manifest from '../../package.json';
import hostManifest from '../host/n8n/package.json';
import { installLocked } from '../support/installLocked';
import { notRun, type NotRun } from './notRun';

const ROOT = path.join(__dirname, '..', '..');
const ENGINES = path.join(__dirname, 'engines');
const HOSTS = path.join(__dirname, 'hosts');

/** What jest reports with --json, as far as it is read here. */
interface Report {
	testResults: Array<{ name: string; message: string; assertionResults: Array<{ fullName: string; status: string }> }>;
}

/** One way to try the pack with one version. */
interface Trial {
	name: string;
	/** Configuration and choice of tests for jest. */
	jest: string[];
	/** Installs what is needed; gives back the environment in which jest finds it. */
	prepare: () => NodeJS.ProcessEnv;
	leftOut: NotRun[];
}

interface Result {
	name: string;
	passed: number;
	failed: string[];
	left: Array<{ count: number; why: string }>;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const isOneOf = ({ tests }: NotRun, fullName: string) => tests.some((test) => fullName.startsWith(test));

const inOrder = (versions: string[]) =>
	versions.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));

function trials(): Trial[] {
	const own = manifest.devDependencies['n8n-core'];
	const engine = (version: string, folder: () => string): Trial => ({
		name: `${version}, engine`,
		jest: [],
		prepare: () => ({ TEST_KIND: 'versions', N8N_ENGINE_FOLDER: folder() }),
		leftOut: notRun.filter(({ versions }) => versions.includes(version)),
	});
	const host = (version: string, asked = version): Trial => ({
		name: `${version}, whole n8n`,
		jest: ['--testMatch', '<rootDir>/test/host/versions/*.test.ts', '--forceExit'],
		prepare: () => ({ TEST_KIND: 'host', N8N_HOST_VERSION: asked }),
		leftOut: [],
	});
	return [
		...inOrder(readdirSync(ENGINES)).map((version) =>
			engine(version, () => installLocked(path.join(ENGINES, version), `engine-${version}`)),
		),
		engine(own, () => ROOT),
		...inOrder(readdirSync(HOSTS)).map((version) => host(version)),
		host(hostManifest.dependencies.n8n, ''),
	];
}

/** Runs jest without the tests that the version cannot pass. */
function runJest({ jest, prepare, leftOut }: Trial, folder: string): Report {
	const output = path.join(folder, 'report.json');
	const names = leftOut.flatMap(({ tests }) => tests).map(escaped);
	const pattern = names.length > 0 ? [`--testNamePattern=^(?!${names.join('|')})`] : [];
	rmSync(output, { force: true });
	const args = [require.resolve('jest/bin/jest'), ...jest, '--silent', '--json', `--outputFile=${output}`, ...pattern];
	spawnSync(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...prepare() }, stdio: 'ignore' });
	return JSON.parse(readFileSync(output, 'utf8')) as Report;
}

function resultOf({ name, leftOut }: Trial, { testResults }: Report): Result {
	const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
	const named = (status: string) => tests.filter((test) => test.status === status).map(({ fullName }) => fullName);
	const skipped = named('pending');
	const broken = testResults
		.filter(({ assertionResults, message }) => assertionResults.length === 0 && message !== '')
		.map(({ name: file, message }) => `${path.basename(file)} does not load: ${message.trim().slice(0, 300)}`);
	const unknown = leftOut
		.flatMap((entry) => entry.tests)
		.filter((test) => !skipped.some((fullName) => fullName.startsWith(test)));
	return {
		name,
		passed: named('passed').length,
		failed: [
			...named('failed'),
			...broken,
			...unknown.map((test) => `No test is called '${test}'; take it out of notRun.ts`),
		],
		left: leftOut.map((entry) => ({
			count: skipped.filter((fullName) => isOneOf(entry, fullName)).length,
			why: entry.why,
		})),
	};
}

function print(results: Result[]): void {
	const table = new Table({ head: ['n8n', 'passed', 'failed', 'not run'], style: { head: [], border: [] } });
	for (const { name, passed, failed, left } of results)
		table.push([name, passed, failed.length, left.reduce((sum, { count }) => sum + count, 0)]);
	console.log(table.toString());
	for (const { name, failed, left } of results) {
		for (const { count, why } of left) console.log(`n8n ${name}: ${count} not run, because it ${why}`);
		for (const test of failed) console.log(`n8n ${name}, failed: ${test}`);
	}
}

function main(): void {
	const known = trials();
	const asked = process.argv.slice(2);
	const chosen = known.filter(({ name }) => asked.length === 0 || asked.some((text) => name.startsWith(text)));
	if (chosen.length === 0)
		throw new Error(`There is no version ${asked.join(', ')}; known are ${known.map(({ name }) => name).join('; ')}`);

	const folder = mkdtempSync(path.join(tmpdir(), 'crm-pack-versions-'));
	try {
		const results = chosen.map((trial) => {
			process.stderr.write(`n8n ${trial.name} ...\n`);
			return resultOf(trial, runJest(trial, folder));
		});
		print(results);
		if (results.some(({ failed }) => failed.length > 0)) process.exitCode = 1;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

main();
