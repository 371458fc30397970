import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

const cacheRoot = () => path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'n8n-nodes-crm-pack');

/** Runs a program in the folder of an installation. */
export type Run = (program: string, args: string[], env?: NodeJS.ProcessEnv) => void;

/**
 * Installs a package.json with its lock once, outside the tree, where no package of the project is found by accident.
 *
 * A second call with the same lock finds the first installation. An installation that was interrupted is begun anew.
 *
 * @param locked folder with package.json and package-lock.json
 * @param finish what is left to do in the folder after npm, before the installation counts as complete
 * @returns the folder that holds `node_modules`
 */
export function installLocked(locked: string, name: string, finish: (draft: string, run: Run) => void = () => undefined): string {
	const lock = createHash('sha256')
		.update(readFileSync(path.join(locked, 'package-lock.json')))
		.digest('hex')
		.slice(0, 12);
	const folder = path.join(cacheRoot(), `${name}-${lock}`);
	if (existsSync(path.join(folder, '.complete'))) return folder;

	process.stderr.write(`Installing ${name} once (a whole n8n takes three to five minutes) ...\n`);
	const draft = `${folder}.draft`;
	rmSync(draft, { recursive: true, force: true });
	mkdirSync(draft, { recursive: true });
	cpSync(locked, draft, { recursive: true });
	const run: Run = (program, args, env = {}) => execFileSync(program, args, { cwd: draft, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
	run('npm', ['ci', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
	finish(draft, run);
	rmSync(folder, { recursive: true, force: true });
	renameSync(draft, folder);
	writeFileSync(path.join(folder, '.complete'), new Date().toISOString());
	return folder;
}
