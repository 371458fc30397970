const { execFileSync } = require('node:child_process');
const { cp, rm } = require('node:fs/promises');
const path = require('node:path');
const { build } = require('esbuild');
const { dest, series, src } = require('gulp');
const { nodes } = require('./package.json').n8n;

const OUT = 'dist';

async function clean() {
	await rm(OUT, { recursive: true, force: true });
}

const tsc = (...options) =>
	execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json', ...options], {
		stdio: 'inherit',
	});

async function checkTypes() {
	tsc('--noEmit');
}

/** Plain tsc output, so that a stack trace names real files. */
async function compile() {
	tsc('--noCheck', '--noResolve');
}

/** The package has no dependencies: each library goes into the one file that the rest imports it from. */
async function bundleLibraries() {
	const entryPoints = ['zod', 'libphonenumber'].map((name) => path.join('nodes', 'shared', 'base', `${name}.ts`));
	await build({
		entryPoints,
		outbase: '.',
		outdir: OUT,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'es2021',
		legalComments: 'inline',
	});
}

function copyAssets() {
	return src(['nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
	}).pipe(dest(OUT));
}

/** n8n looks up what an operation puts out by the version of the node, and the versions put out the same. */
async function copySchemas() {
	for (const file of nodes) {
		const { version } = new (require(path.resolve(file))[path.basename(file, '.node.js')])().description;
		const folder = path.join(path.dirname(file), '__schema__');
		const newer = [version].flat().filter((number) => number !== 1);
		await Promise.all(
			newer.map((number) => cp(path.join(folder, 'v1.0.0'), path.join(folder, `v${number}.0`), { recursive: true })),
		);
	}
}

/** Without a check of the types, and without a look at those of n8n: both take as long as all the rest. */
exports.emit = series(clean, compile, bundleLibraries, copyAssets, copySchemas);
exports.build = series(checkTypes, exports.emit);
exports.default = exports.build;
