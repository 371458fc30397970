import type { IDataObject } from 'n8n-workflow';
import { Bench } from '../support/run';
import { WebhookHost, type HostSetup } from '../support/webhookHost';
import { hosts } from './support';

/** Address of a subscription that no trigger made. */
const FOREIGN = 'https://hooks.example.com/syncro';

/** The trigger of Syncro Chat in hosts of its own, and the subscriptions that the CRM has; those of triggers are gone after each test. */
export function syncroSubscriptions() {
	const bench = new Bench();
	const open = hosts();
	const syncro = () => bench.sandbox.vendors.syncroChat;
	const setup = (more: Partial<HostSetup> = {}): HostSetup => ({
		node: 'syncroChatTrigger',
		parameters: { events: ['lead.won'] },
		credentials: bench.sandbox.credentials,
		id: 'one workflow',
		...more,
	});
	const inSyncro = async (method: string, path = '') => {
		const answer = await fetch(`${syncro().url}/api/v1/webhooks${path}`, {
			method,
			headers: { 'x-api-key': 'crm_sandbox_key' },
		});
		syncro().requests.pop();
		return ((await answer.json()) as { data: IDataObject[] }).data;
	};
	afterEach(async () => {
		bench.sandbox.reset();
		for (const { id, target_url } of await inSyncro('GET'))
			if (target_url !== FOREIGN) await inSyncro('DELETE', `/${String(id)}`);
		bench.sandbox.reset();
	});
	return {
		bench,
		open,
		syncro,
		setup,
		inSyncro,
		hostOf: (more: Partial<HostSetup> = {}) => new WebhookHost(setup(more)),
		/** The hosts that the subscriptions of triggers send to. */
		sentTo: async () =>
			(await inSyncro('GET'))
				.flatMap(({ target_url }) => (target_url === FOREIGN ? [] : [new URL(String(target_url)).host]))
				.sort(),
		/** What triggers changed in the CRM since the last look. */
		writes: () =>
			syncro()
				.requests.splice(0)
				.flatMap(({ method }) => (method === 'GET' ? [] : [method])),
		/** The secrets that the CRM got, the last one at the end. */
		secretsSent: () =>
			syncro().requests.flatMap(({ method, body: sent }) =>
				method === 'POST' ? [(sent as { secret: string }).secret] : [],
			),
	};
}
