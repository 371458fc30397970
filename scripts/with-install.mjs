/**
 * Runs one of the project's commands on a machine that may have nothing but Node and npm: installs the locked
 * dependencies when they are missing or others, builds where the command needs the build, then runs it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => path.join(root, 'node_modules', '.bin', name);

// Types are checked by the linting, with those of the tests.
const build = [bin('gulp'), ['emit', '--silent']];
const commands = {
	bench: [build, [process.execPath, ['--expose-gc', '--import', 'tsx', 'test/bench/bench.ts']]],
	'bench:host': [build, [bin('tsx'), ['test/host/benchHost.ts']]],
	'coverage:api': [[bin('tsx'), ['test/contract/printCoverage.ts']]],
	demo: [build, [bin('tsx'), ['test/demo/demo.ts']]],
	docs: [[bin('tsx'), ['test/contract/writeDocs.ts']]],
	// Without a process of tsx between them, so that the editor sees when this one is gone.
	editor: [build, [process.execPath, ['--import', 'tsx', 'test/host/editor.ts']]],
	// 36 times the rounds of the suite: about 80,000 in all.
	fuzz: [
		[
			bin('jest'),
			[
				'engine/fuzz',
				'hostileVendor',
				'bulkFaults',
				'engine/bulk.test',
				'faultMatrix',
				'pollingProperty',
				'pollingStrange',
				'onceProperties',
				'onceMany',
				'--testTimeout=600000',
			],
			{ FUZZ_FACTOR: '36' },
		],
	],
	lint: [
		[bin('tsc'), ['--noEmit']],
		[bin('prettier'), ['--check', '--log-level=warn', '.']],
		[bin('eslint'), ['.']],
		// No file needs itself, not even by its types.
		[bin('madge'), ['--circular', '--no-spinner', 'nodes', 'credentials']],
		build,
		[process.execPath, ['scripts/lint-build.mjs']],
	],
	mutate: [[process.execPath, ['scripts/mutate.mjs']]],
	sandbox: [[bin('tsx'), ['test/sandbox/cli.ts']]],
	screenshots: [build, [bin('tsx'), ['test/host/screenshots.ts']]],
	schemas: [[bin('tsx'), ['test/contract/writeSchemas.ts']]],
	'test:host': [build, [bin('jest'), ['--config', 'jest.host.config.js']]],
	'test:queue': [build, [bin('jest'), ['--config', 'jest.host.config.js', 'queue', 'crash']]],
	'test:versions': [build, [bin('tsx'), ['test/versions/run.ts']]],
	test: [build, [bin('jest'), ['--config', 'jest.suite.config.js']]],
};

/** npm writes down what it installed; what is for other systems is left out of that. */
function isInstalled() {
	const locked = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
	const written = path.join(root, 'node_modules', '.package-lock.json');
	const installed = existsSync(written) ? JSON.parse(readFileSync(written, 'utf8')).packages : {};
	const isThere = ([name, { version, optional }]) =>
		name === '' || (installed[name] ? installed[name].version === version : optional);
	return Object.entries(locked).every(isThere);
}

function installIfNeeded() {
	if (isInstalled()) return;
	console.error('Installing the dependencies once (about a minute) ...');
	execFileSync('npm', ['ci', '--loglevel=error'], {
		cwd: root,
		stdio: ['ignore', 2, 2],
		shell: process.platform === 'win32',
	});
}

const [name, ...extra] = process.argv.slice(2);
const steps = commands[name];
if (!steps) {
	console.error(`There is no command '${name}'; known are ${Object.keys(commands).join(', ')}`);
	process.exit(2);
}
installIfNeeded();
steps.forEach(([program, given, env], index) => {
	const isLast = index === steps.length - 1;
	// What prepares a command speaks on the error channel, so that --json leaves clean output.
	const { status } = spawnSync(program, [...given, ...(isLast ? extra : [])], {
		cwd: root,
		stdio: ['inherit', isLast ? 'inherit' : 2, 'inherit'],
		env: { ...process.env, ...env },
	});
	if (status !== 0) process.exit(status ?? 1);
});
