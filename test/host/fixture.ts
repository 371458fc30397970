import type { IDataObject, INode } from 'n8n-workflow';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { WorkflowFile } from '../engine/engine';
import { startSandbox, type Sandbox } from '../sandbox';
import { vendors } from '../support/vendors';
import { installHost } from './installation';
import { startHost, type Host, type HostOptions } from './host';

export const PACKAGE = 'n8n-nodes-crm-pack';
const EXAMPLES = path.join(__dirname, '..', '..', 'examples');

/** A real n8n with the pack, before the sandbox, with the credentials of all vendors in it. */
export interface Fixture {
	host: Host;
	sandbox: Sandbox;
	/** Stored credentials by type. */
	credentials: Record<string, { id: string; name: string }>;
	close: () => Promise<void>;
}

export async function openFixture(options: Partial<HostOptions> & { sandboxPort?: number } = {}): Promise<Fixture> {
	const sandbox = await startSandbox({ port: options.sandboxPort });
	const host = await startHost({ installation: installHost(), ...options });
	const credentials: Fixture['credentials'] = {};
	for (const { vendor } of vendors) {
		const data = sandbox.credentials[vendor.credential] as IDataObject;
		const { id, name } = await host.rest.createCredential(vendor.credential, data, `${vendor.name} account`);
		credentials[vendor.credential] = { id, name };
	}
	return {
		host,
		sandbox,
		credentials,
		close: async () => {
			await host.stop();
			await sandbox.close();
		},
	};
}

/** A workflow with the stored credentials in the nodes that want one. */
export function withStoredCredentials(file: WorkflowFile, credentials: Fixture['credentials']): WorkflowFile {
	const wanted = ({ type }: INode) => `${type.split('.')[1].replace(/((Polling)?Trigger|Tool)$/, '')}Api`;
	return {
		...file,
		nodes: file.nodes.map((node) => (credentials[wanted(node)] ? { ...node, credentials: { [wanted(node)]: credentials[wanted(node)] } } : node)),
	};
}

/** An example workflow, by its path among the examples. */
export const example = (file: string) => JSON.parse(readFileSync(path.join(EXAMPLES, file), 'utf8')) as WorkflowFile;

/** The example workflows of a folder of `examples` by file name. */
export function examples(folder = '.'): Array<[file: string, workflow: WorkflowFile]> {
	return readdirSync(path.join(EXAMPLES, folder))
		.filter((file) => file.endsWith('.json'))
		.map((file) => [file, example(path.join(folder, file))]);
}
