import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import { example, openFixture, withStoredCredentials, type Fixture } from '../fixture';
import { startHost, type Host } from '../host';
import { installHost } from '../installation';

let fixture: Fixture;
let other: Host;
let folder: string;
beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'transfer-'));
	fixture = await openFixture();
	other = await startHost({ installation: installHost(), withPack: 'asFile' });
}, 900_000);
afterAll(async () => {
	await other?.stop();
	await fixture?.close();
	rmSync(folder, { recursive: true, force: true });
});

/** Runs a command of n8n on the data of a host. It must not block, or closed connections to the hosts go unnoticed. */
async function command({ env }: Host, ...given: string[]): Promise<void> {
	const { folder: cwd, nodeBin } = installHost();
	await promisify(execFile)(path.join(nodeBin, 'node'), ['node_modules/n8n/bin/n8n', ...given], { cwd, env });
}

const addresses = async () => {
	const { url } = fixture.sandbox.vendors.syncroChat;
	const response = await fetch(`${url}/api/v1/webhooks`, { headers: { 'x-api-key': 'crm_sandbox_key' } });
	const { data } = (await response.json()) as { data: IDataObject[] };
	return data.filter(({ source }) => source === 'n8n').map(({ target_url }) => new URL(String(target_url)).origin);
};

test('a workflow that is exported and imported into another n8n leaves the subscription of the first one alone', async () => {
	const { host, sandbox, credentials } = fixture;
	const workflow = withStoredCredentials(example('triggers/syncro-chat-won-lead-task.json'), credentials);
	const id = await host.rest.createWorkflow(workflow);
	await host.rest.activate(id);
	const file = path.join(folder, 'workflow.json');
	await command(host, 'export:workflow', `--id=${id}`, `--output=${file}`);
	const stored = await other.rest.createCredential(
		'syncroChatApi',
		sandbox.credentials.syncroChatApi as IDataObject,
		'Syncro Chat account',
	);
	const exported = readFileSync(file, 'utf8').replaceAll(credentials.syncroChatApi.id, stored.id);
	writeFileSync(file, exported);

	await command(other, 'import:workflow', `--input=${file}`);
	await other.rest.activate(id);
	const whileBoth = await addresses();
	await other.rest.deactivate(id);

	expect(exported).toContain('staticData');
	expect(whileBoth.sort()).toEqual([host.url, other.url].sort());
	expect(await addresses()).toEqual([host.url]);
	await host.rest.deactivate(id);
	expect(await addresses()).toEqual([]);
}, 180_000);
