import { Workflow, type ICredentialDataDecryptedObject, type IDataObject } from 'n8n-workflow';
import { apiRoot } from '../../nodes/shared/baseUrl';
import { leadSquared } from '../../nodes/LeadSquared/vendor';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import { wegly } from '../../nodes/Wegly/vendor';
import { woofedCrm } from '../../nodes/WoofedCrm/vendor';
import { CredentialStore } from '../engine/credentialStore';
import type { WorkflowFile } from '../engine/engine';
import { Bench, pack, workflowOf, type NodeName } from '../support/run';

const bench = new Bench();
const vendors = { leadSquared, syncroChat, wegly, woofedCrm };
const names = Object.keys(vendors) as NodeName[];

/** A workflow that only resolves expressions. */
function expressionsOf(file: WorkflowFile): Workflow {
	const nodeTypes = { getByNameAndVersion: () => undefined, getByName: () => undefined, getKnownTypes: () => ({}) } as never;
	return new Workflow({ ...file, id: 'workflow', active: false, nodeTypes });
}

/** Resolves the expressions of a credential's test as n8n does, with the credential's values. */
function testRequest(name: NodeName, credentials: IDataObject) {
	const file = workflowOf(name, {});
	const workflow = expressionsOf(file);
	const { baseURL, url } = pack.credentialTypes[`${name}Api`].test!.request;
	const value = (text: string) => String(workflow.expression.getSimpleParameterValue(file.nodes[1], text, 'internal', { $credentials: credentials } as never, undefined, ''));
	return { root: value(baseURL!), url: value(url!) };
}

/** Sends a credential's test request, authenticated by the credential itself. */
async function sendTest(name: NodeName, change: ICredentialDataDecryptedObject = {}) {
	const values = { ...bench.sandbox.credentials[`${name}Api`], ...change };
	const { root, url } = testRequest(name, values);
	const file = workflowOf(name, {});
	const workflow = expressionsOf(file);
	const request = await new CredentialStore(pack.credentialTypes, {}).authenticate(values, `${name}Api`, { url: root + url, headers: { Accept: 'application/json' } }, workflow, file.nodes[1]);
	const response = await fetch(request.url, { headers: request.headers as Record<string, string> });
	return { status: response.status, body: (await response.json()) as IDataObject };
}

test.each(names)('%s: the test asks an authenticated endpoint, and looks for a key that only the API gives', async (name) => {
	const rules = pack.credentialTypes[`${name}Api`].test!.rules as Array<{ type: string; properties: { key?: string; value?: unknown } }>;
	const key = rules.find(({ type, properties }) => type === 'responseSuccessBody' && properties.value === undefined)!.properties.key!;

	const good = await sendTest(name);
	const bad = await sendTest(name, Object.fromEntries(vendors[name].secrets.map((secret) => [secret, 'wrong'])));

	expect([good.status, bad.status]).toEqual([200, 401]);
	expect(good.body).toHaveProperty(key);
});

test.each(names)('%s: node and credential test read the same address from what was typed', (name) => {
	const { apiPath, baseUrl } = vendors[name];
	for (const typed of ['https://crm.example.com', 'https://crm.example.com/', ` https://crm.example.com${apiPath}`, `https://crm.example.com${apiPath}//`, 'https://crm.example.com/sub/']) {
		const credentials = { baseUrl: typed, host: 'custom' };

		expect(testRequest(name, credentials).root).toBe(apiRoot(baseUrl(credentials), apiPath));
	}
});

test('LeadSquared: a host of the list is an address of its own', () => {
	const credentials = { host: 'api-in21.leadsquared.com', baseUrl: '' };

	expect(testRequest('leadSquared', credentials).root).toBe('https://api-in21.leadsquared.com/v2');
	expect(apiRoot(leadSquared.baseUrl(credentials), '/v2')).toBe('https://api-in21.leadsquared.com/v2');
});
