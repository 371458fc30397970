import type { ICredentialType, INodeType } from 'n8n-workflow';
import { createRequire } from 'node:module';
import path from 'node:path';
import manifest from '../../package.json';
import type { Pack } from './engine';

const load = createRequire(__filename);

type Constructors = Record<string, new () => unknown>;

/**
 * Nodes and credentials of the package, in the order of its manifest.
 *
 * @param from `source` reads the TypeScript files, `build` what is shipped
 */
export function loadPack(from: 'source' | 'build'): Pack {
	const instance = (file: string) => {
		const root = path.join(__dirname, '..', '..');
		const target =
			from === 'build' ? path.join(root, file) : path.join(root, file.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
		const name = path.basename(file).split('.')[0];
		return new (load(target) as Constructors)[name]();
	};
	const nodes = manifest.n8n.nodes.map((file) => instance(file) as INodeType);
	const credentials = manifest.n8n.credentials.map((file) => instance(file) as ICredentialType);
	return {
		nodeTypes: Object.fromEntries(nodes.map((node) => [`${manifest.name}.${node.description.name}`, node])),
		credentialTypes: Object.fromEntries(credentials.map((credential) => [credential.name, credential])),
	};
}
