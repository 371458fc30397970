/**
 * One process of several on the same key, as n8n's workers are: creates tasks at a vendor of the sandbox and prints how
 * many succeeded. Arguments: address of the vendor, prefix of the names, number of items.
 */
import { runWorkflow } from './engine';
import { loadPack } from './pack';

const [url, prefix, count] = process.argv.slice(2);

async function main(): Promise<void> {
	const run = await runWorkflow(
		{
			nodes: [
				{ id: '1', name: 'Trigger', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
				{
					id: '2',
					name: 'CRM',
					type: 'n8n-nodes-crm-pack.syncroChat',
					typeVersion: 1,
					position: [200, 0],
					onError: 'continueRegularOutput',
					parameters: { resource: 'task', operation: 'create', subject: '={{ $json.name }}', type: 'call', due_date: '2026-07-01' },
				},
			],
			connections: { Trigger: { main: [[{ node: 'CRM', type: 'main', index: 0 }]] } },
		},
		{
			pack: loadPack('source'),
			credentials: { syncroChatApi: { apiKey: 'crm_sandbox_key', baseUrl: url, requestsPerWindow: 25, windowSeconds: 0.5 } },
			items: Array.from({ length: Number(count) }, (_, index) => ({ json: { name: `${prefix} ${index}` } })),
		},
	);
	const items = run.data.resultData.runData.CRM[0].data?.main[0] ?? [];
	process.stdout.write(JSON.stringify({ succeeded: items.filter(({ json }) => json.error === undefined).length }));
}

void main().then(
	() => process.exit(),
	() => process.exit(1),
);
