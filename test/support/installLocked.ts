import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

const cacheRoot = () => path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'n8n-nodes-crm-pack');

/** Runs a program in the folder of an installation. */
export type Run = (program: string, args: string[], env?: NodeJS.ProcessEnv) => void;

/**
 * Installs a package.json with its lock once, outside the tree, where no package of the project is found by accident.
 *
 * A second call with the same lock finds the first installation. Each call installs into a draft of its own, so that two at
 * the same time do not disturb each other: the first that is complete counts.
 *
 * @param locked folder with package.json and package-lock.json
 * @param finish what is left to do in the folder after npm, before the installation counts as complete; it throws where the installation does not work
 * @returns the folder that holds `node_modules`
 */
export function installLocked(
	locked: string,
	name: string,
	finish: (draft: string, run: Run) => void = () => undefined,
): string {
	const lock = createHash('sha256')
		.update(readFileSync(path.join(locked, 'package-lock.json')))
		.digest('hex')
		.slice(0, 12);
	const folder = path.join(cacheRoot(), `${name}-${lock}`);
	if (isComplete(folder)) return folder;

	process.stderr.write(`Installing ${name} once (a whole n8n takes three to five minutes) ...\n`);
	mkdirSync(cacheRoot(), { recursive: true });
	removeAbandonedDrafts(folder);
	const draft = mkdtempSync(`${folder}${DRAFT}${process.pid}-`);
	cpSync(locked, draft, { recursive: true });
	const run: Run = (program, args, env = {}) =>
		execFileSync(program, args, { cwd: draft, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
	run('npm', ['ci', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
	finish(draft, run);
	writeFileSync(path.join(draft, COMPLETE), new Date().toISOString());
	putInPlace(draft, folder);
	return folder;
}

const COMPLETE = '.complete';
const DRAFT = '.draft-';

const isComplete = (folder: string) => existsSync(path.join(folder, COMPLETE));

/** Makes a complete draft the installation, unless another process was quicker. */
function putInPlace(draft: string, folder: string): void {
	try {
		renameSync(draft, folder);
	} catch {
		if (isComplete(folder)) return rmSync(draft, { recursive: true, force: true });
		// Left behind by an interrupted installation.
		rmSync(folder, { recursive: true, force: true });
		renameSync(draft, folder);
	}
}

/** Removes the drafts of processes that are gone, because each may take two gigabytes. */
function removeAbandonedDrafts(folder: string): void {
	const start = path.basename(folder) + DRAFT;
	for (const name of readdirSync(path.dirname(folder)).filter((entry) => entry.startsWith(start))) {
		if (!isRunning(Number.parseInt(name.slice(start.length), 10)))
			rmSync(path.join(path.dirname(folder), name), { recursive: true, force: true });
	}
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
