/** Installs the locked dependencies on a fresh clone, or when they changed. Needs nothing but Node and npm. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Compares package-lock.json with npm's record of the installed packages, which lacks those for other systems. */
function isInstalled() {
	const locked = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
	const written = path.join(root, 'node_modules', '.package-lock.json');
	const installed = existsSync(written) ? JSON.parse(readFileSync(written, 'utf8')).packages : {};
	const isThere = ([name, { version, optional }]) =>
		name === '' || (installed[name] ? installed[name].version === version : optional);
	return Object.entries(locked).every(isThere);
}

if (!isInstalled()) {
	console.error('Installing the dependencies once (about a minute) ...');
	// npm writes to the error channel, so that the output of the command that follows stays clean.
	execFileSync('npm', ['ci', '--loglevel=error'], {
		cwd: root,
		stdio: ['ignore', 2, 2],
		shell: process.platform === 'win32',
	});
}
