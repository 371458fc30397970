import type { IDataObject, INode } from 'n8n-workflow';
import type { Section } from '../bench/document';
import { median } from '../bench/stub';
import { own, startVendor, timeOf, type Contender } from './benchRequests';
import { startHost, type Host } from './host';
import { installHost } from './installation';

const ITEMS = 500;
const ROUNDS = 5;

/** The HTTP Request node with the credential of the pack. */
const httpRequest = (url: string): Contender['node'] => ({
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		method: 'POST',
		url: `${url}/api/v1/tasks`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'syncroChatApi',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: "={{ JSON.stringify({ subject: $json.subject, type: 'call', due_date: '2026-07-01' }) }}",
		options: {},
	},
});

async function publish(
	{ rest }: Host,
	node: Contender['node'],
	syncroChatApi: IDataObject,
	key: string,
): Promise<string> {
	const nodes = [
		{ id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
		{ id: '2', name: 'Node', position: [200, 0], ...node, credentials: { syncroChatApi } },
	] as unknown as INode[];
	const pinned = Array.from({ length: ITEMS }, (_, index) => ({ json: { subject: `task ${index}`, key } }));
	return await rest.createWorkflow(
		{ nodes, connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } } },
		{
			Start: pinned,
		} as unknown as IDataObject,
	);
}

/** What a credential with expressions costs, beside the HTTP Request node with the same one. Contenders run in turns. */
export async function credentialSection(): Promise<Section> {
	const host = await startHost({ installation: installHost(), withPack: 'asFile' });
	const vendor = await startVendor(0);
	try {
		const data = { baseUrl: vendor.url, requestsPerWindow: 0, windowSeconds: 5 };
		const fixed = await host.rest.createCredential('syncroChatApi', { ...data, apiKey: 'key' }, 'fixed');
		const perItem = await host.rest.createCredential(
			'syncroChatApi',
			{ ...data, apiKey: '={{ $json.key }}' },
			'perItem',
		);
		const pack = own('pack', { requestsInParallel: 16, crashSafe: false }).node;
		const contenders = {
			packFixed: await publish(host, pack, fixed, 'key'),
			packPerItem: await publish(host, pack, perItem, 'key'),
			httpFixed: await publish(host, httpRequest(vendor.url), fixed, 'key'),
			httpPerItem: await publish(host, httpRequest(vendor.url), perItem, 'key'),
		};
		const times: Record<string, number[]> = {};
		for (let round = 0; round <= ROUNDS; round += 1) {
			for (const [name, workflow] of Object.entries(contenders)) {
				process.stderr.write(`credentials, round ${round}: ${name}\n`);
				const ms = (await timeOf(host, workflow)) / ITEMS;
				if (round > 0) (times[name] ??= []).push(ms);
			}
		}
		const of = (name: keyof typeof contenders) => median(times[name]);
		const row = (name: string, fixedMs: number, perItemMs: number) => [
			name,
			fixedMs.toFixed(2),
			perItemMs.toFixed(2),
			(perItemMs / fixedMs).toFixed(2),
		];
		return {
			title: `A credential with an expression, ${ITEMS} items, a server that answers at once, in a real n8n`,
			head: ['Node', 'without an expression (ms an item)', 'with one', 'ratio'],
			rows: [
				row('this pack, 16 in parallel', of('packFixed'), of('packPerItem')),
				row('HTTP Request with the same credential', of('httpFixed'), of('httpPerItem')),
				[
					'ratio of the two',
					(of('packFixed') / of('httpFixed')).toFixed(2),
					(of('packPerItem') / of('httpPerItem')).toFixed(2),
					'',
				],
			],
		};
	} finally {
		vendor.close();
		await host.stop();
	}
}
