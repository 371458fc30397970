const { execFileSync } = require('node:child_process');
const { rm } = require('node:fs/promises');
const path = require('node:path');
const { build } = require('esbuild');
const { dest, series, src } = require('gulp');

const OUT = 'dist';

async function clean() {
	await rm(OUT, { recursive: true, force: true });
}

/** Plain tsc output, so that a stack trace names real files. */
async function compile() {
	execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}

/** The package has no dependencies: zod goes into the one file that the rest imports it from. */
async function bundleZod() {
	const file = path.join('nodes', 'shared', 'zod');
	await build({ entryPoints: [`${file}.ts`], outfile: path.join(OUT, `${file}.js`), bundle: true, platform: 'node', format: 'cjs', target: 'es2021', legalComments: 'inline' });
}

function copyAssets() {
	return src(['nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], { base: '.', encoding: false }).pipe(dest(OUT));
}

exports.build = series(clean, compile, bundleZod, copyAssets);
exports.default = exports.build;
