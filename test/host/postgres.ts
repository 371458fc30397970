import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, stop } from './processes';

/** Debian keeps the programs of the server out of PATH. */
const DEBIAN = '/usr/lib/postgresql';

/** Folder of the server's programs, or undefined where there are none. */
export function postgresPrograms(): string | undefined {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
	const folders = [
		...(process.env.PATH ?? '').split(':'),
		...versions.map((version) => path.join(DEBIAN, version, 'bin')),
	];
	return folders.find(
		(folder) => existsSync(path.join(folder, 'initdb')) && existsSync(path.join(folder, 'pg_isready')),
	);
}

/** The user of Debian's package, because PostgreSQL refuses to run as root. */
function unprivileged(): { uid?: number; gid?: number } {
	const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
}

/** Starts an empty PostgreSQL; gives back the settings with which n8n finds it. */
export async function startPostgres(programs: string): Promise<{ env: NodeJS.ProcessEnv; stop: () => Promise<void> }> {
	const folder = mkdtempSync(path.join(tmpdir(), 'crm-pack-postgres-'));
	const user = unprivileged();
	if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
	const port = String(await freePort());
	execFileSync(path.join(programs, 'initdb'), ['-D', folder, '-U', 'n8n', '-A', 'trust', '--no-sync'], {
		...user,
		cwd: folder,
		stdio: 'ignore',
	});
	// Nothing outlives the test: -F leaves out that every change is forced to the disk.
	const server = spawn(path.join(programs, 'postgres'), ['-D', folder, '-h', '127.0.0.1', '-p', port, '-k', '', '-F'], {
		...user,
		cwd: folder,
		stdio: 'ignore',
	});
	const isReady = () =>
		spawnSync(path.join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', port], { stdio: 'ignore' }).status === 0;
	for (const deadline = Date.now() + 30_000; !isReady(); await new Promise((resolve) => setTimeout(resolve, 100))) {
		if (server.exitCode !== null || Date.now() > deadline) throw new Error('PostgreSQL did not start');
	}
	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: port,
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_DATABASE: 'postgres',
		},
		stop: async () => await stop(server, folder),
	};
}
