import type { IDataObject, INode } from 'n8n-workflow';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { WorkflowFile } from '../engine/engine';
import { startSandbox, type Sandbox } from '../sandbox';
import { vendors } from '../support/vendors';
import { installHost } from './installation';
import { startHost, type Host, type HostOptions } from './host';
import { assertFree } from './processes';

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

/** Starts the sandbox and n8n. Where anything fails, both are stopped. */
export async function openFixture(options: Partial<HostOptions> & { sandboxPort?: number } = {}): Promise<Fixture> {
	const { sandboxPort } = options;
	for (const index of sandboxPort === undefined ? [] : vendors.keys())
		await assertFree(sandboxPort! + index, '--sandbox-port');
	const sandbox = await startSandbox({ port: sandboxPort });
	let host: Host | undefined;
	const close = async () => {
		await host?.stop();
		await sandbox.close();
	};
	try {
		host = await startHost({ installation: installHost(), ...options });
		return { host, sandbox, credentials: await storeCredentials(host, sandbox), close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** Stores the credentials of the sandbox, in place of those that an earlier start stored. */
async function storeCredentials({ rest }: Host, sandbox: Sandbox): Promise<Fixture['credentials']> {
	const stored = await rest.credentials();
	const entries = vendors.map(async ({ vendor }) => {
		const [type, name] = [vendor.credential, `${vendor.name} account`];
		const data = sandbox.credentials[type] as IDataObject;
		const known = stored.find((one) => one.type === type && one.name === name);
		const { id } = known
			? await rest.updateCredential(known.id, type, data, name)
			: await rest.createCredential(type, data, name);
		return [type, { id, name }] as const;
	});
	return Object.fromEntries(await Promise.all(entries));
}

/** A workflow with the stored credentials in the nodes that want one. */
export function withStoredCredentials(file: WorkflowFile, credentials: Fixture['credentials']): WorkflowFile {
	const wanted = ({ type }: INode) => `${type.split('.')[1].replace(/((Polling)?Trigger|Tool)$/, '')}Api`;
	return {
		...file,
		nodes: file.nodes.map((node) =>
			credentials[wanted(node)] ? { ...node, credentials: { [wanted(node)]: credentials[wanted(node)] } } : node,
		),
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
