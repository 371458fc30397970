/**
 * The tests in n8n's engine, with the engines of several versions of n8n: `npm run test:versions -- [version ...]`.
 *
 * Each version is installed once, from its own lock. Prints what passed, and what was not run and why.
 */
import Table from 'cli-table3';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import manifest from '../../package.json';
import { installLocked } from '../support/installLocked';
import { notRun, type NotRun } from './notRun';

const ROOT = path.join(__dirname, '..', '..');
const ENGINES = path.join(__dirname, 'engines');

/** What jest reports with --json, as far as it is read here. */
interface Report {
	testResults: Array<{ name: string; message: string; assertionResults: Array<{ fullName: string; status: string }> }>;
}

interface Result {
	version: string;
	passed: number;
	failed: string[];
	left: Array<{ count: number; why: string }>;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const isOneOf = ({ tests }: NotRun, fullName: string) => tests.some((test) => fullName.startsWith(test));

/** Runs jest with one engine, without the tests that it cannot pass. */
function runJest(engineFolder: string, leftOut: NotRun[], folder: string): Report {
	const output = path.join(folder, 'report.json');
	const names = leftOut.flatMap(({ tests }) => tests).map(escaped);
	const pattern = names.length > 0 ? [`--testNamePattern=^(?!${names.join('|')})`] : [];
	rmSync(output, { force: true });
	spawnSync(process.execPath, [require.resolve('jest/bin/jest'), '--config', 'jest.versions.config.js', '--silent', '--json', `--outputFile=${output}`, ...pattern], {
		cwd: ROOT,
		env: { ...process.env, N8N_ENGINE_FOLDER: engineFolder },
		stdio: ['ignore', 'ignore', 'ignore'],
	});
	return JSON.parse(readFileSync(output, 'utf8')) as Report;
}

function resultOf(version: string, { testResults }: Report, leftOut: NotRun[]): Result {
	const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
	const named = (status: string) => tests.filter((test) => test.status === status).map(({ fullName }) => fullName);
	const skipped = named('pending');
	const broken = testResults.filter(({ assertionResults, message }) => assertionResults.length === 0 && message !== '').map(({ name, message }) => `${path.basename(name)} does not load: ${message.trim().slice(0, 300)}`);
	const unknown = leftOut.flatMap((entry) => entry.tests).filter((test) => !skipped.some((name) => name.startsWith(test)));
	return {
		version,
		passed: named('passed').length,
		failed: [...named('failed'), ...broken, ...unknown.map((test) => `No test is called '${test}'; take it out of notRun.ts`)],
		left: leftOut.map((entry) => ({ count: skipped.filter((name) => isOneOf(entry, name)).length, why: entry.why })),
	};
}

function print(results: Result[]): void {
	const table = new Table({ head: ['n8n', 'passed', 'failed', 'not run'], style: { head: [], border: [] } });
	for (const { version, passed, failed, left } of results) table.push([version, passed, failed.length, left.reduce((sum, { count }) => sum + count, 0)]);
	console.log(table.toString());
	for (const { version, failed, left } of results) {
		for (const { count, why } of left) console.log(`n8n ${version}: ${count} not run, because it ${why}`);
		for (const test of failed) console.log(`n8n ${version} failed: ${test}`);
	}
}

function main(): void {
	const own = `${manifest.devDependencies['n8n-core']} (of the project)`;
	const known = [...readdirSync(ENGINES).sort((one, other) => one.localeCompare(other, 'en', { numeric: true })), own];
	const asked = process.argv.slice(2);
	const chosen = known.filter((version) => asked.length === 0 || asked.some((text) => version.startsWith(text)));
	if (chosen.length === 0) throw new Error(`There is no version ${asked.join(', ')}; known are ${known.join(', ')}`);

	const folder = mkdtempSync(path.join(tmpdir(), 'crm-pack-versions-'));
	try {
		const results = chosen.map((version) => {
			const engine = version === own ? ROOT : installLocked(path.join(ENGINES, version), `engine-${version}`);
			process.stderr.write(`Testing with n8n ${version} ...\n`);
			const leftOut = notRun.filter(({ versions }) => versions.includes(version));
			return resultOf(version, runJest(engine, leftOut, folder), leftOut);
		});
		print(results);
		if (results.some(({ failed }) => failed.length > 0)) process.exitCode = 1;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

main();
