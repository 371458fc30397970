import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { seeded } from '../vendors/wegly/records';
import { Bench, pack, workflowOf, type NodeName } from '../support/run';
import { offeredLists, vendors } from '../support/vendors';
import { loadOptionsContext } from './engine';

const bench = new Bench();

const inChat = { resource: 'chat', operation: 'start', exampleChat: seeded.chat };
const inDeal = { resource: 'deal', operation: 'create', exampleDeal: seeded.deal };
const role = '6bb94eb7-50df-4f88-9862-7ef8f4b9607c';

/** A list with the names that lead to the values it has to offer, in what the vendor answers. */
interface Offer {
	from: readonly string[];
	/** What the form holds while the list is asked. */
	form?: IDataObject;
	/** Text that is typed over a list which only answers to a search. */
	filter?: string;
	/** What the vendor answers, where the sandbox does not play the list. */
	answered?: object;
	/** Makes the records that a fresh sandbox lacks. */
	before?: () => Promise<IDataObject | void>;
}

const task = { resource: 'task', operation: 'create', subject: 'x', type: 'call', due_date: '2026-07-01' };
const inboxes = { inboxes: [{ id: 46, name: 'WhatsApp', channel_id: 9 }] };

const offers: Readonly<Record<NodeName, Readonly<Record<string, Offer>>>> = {
	syncroChat: {
		users: { from: ['data.id'] },
		leads: { from: ['data.id'] },
		tasks: { from: ['data.id'], before: async () => void (await bench.run('syncroChat', task)) },
		pipelines: { from: ['pipelines.id'] },
		stages: { from: ['pipelines.stages.id'], form: { pipeline_id: 1 } },
		wonStages: { from: ['pipelines.stages.id'] },
		lostStages: { from: ['pipelines.stages.id'] },
		lostReasons: { from: ['lost_reasons.id'] },
		whatsappNumbers: { from: ['data.id'] },
		whatsappTemplates: { from: ['data.id'] },
		webhooks: { from: ['data.id'] },
		webhookEvents: { from: ['supported_events'] },
	},
	wegly: {
		stages: { from: ['pipeline_stages.id'], form: inDeal },
		roles: {
			from: ['participants.role.id'],
			before: async () => {
				const followers = { values: [{ user_id: seeded.user, role_id: role }] };
				const { items } = await bench.run('wegly', { ...inDeal, title: 'x', additionalFields: { followers } });
				return { ...inDeal, exampleDeal: items[0].json.id };
			},
		},
		dealUsers: { from: ['responsible.id', 'created_by.id', 'participants.user.id'], form: inDeal },
		chatUsers: {
			from: ['assigned_agent.user.id', 'records.message.user.id', 'records.message.agent.user.id'],
			form: inChat,
		},
		chatAgents: {
			from: ['assigned_agent.agent_id', 'last_message.agent.id', 'records.message.agent.id'],
			form: inChat,
		},
		numbers: { from: ['phone_number.id'], form: inChat },
		persons: { from: ['crm_person.id'], form: inChat },
	},
	woofedCrm: {
		deals: { from: ['data.id'] },
		contacts: { from: ['data.id'] },
		products: { from: ['data.id'] },
		users: { from: ['data.id'] },
		pipelines: { from: ['pipeline.id'] },
		stages: { from: ['stage.id'], form: { pipeline_id: 1 } },
		chatwootInboxes: { from: ['inboxes.id'], answered: inboxes },
	},
	leadSquared: {
		appointmentTypes: { from: ['Name'] },
		toDoTypes: { from: ['Name'] },
		taskTypes: { from: ['Id'] },
		users: { from: ['ID'] },
		leads: { from: ['ProspectID'], filter: 'sample' },
		staticLists: { from: ['ListId'] },
		activityTypes: { from: ['ActivityEvent'] },
		opportunityTypes: { from: ['EventCode'] },
		leadFieldNames: { from: ['SchemaName'] },
		uniqueLeadFields: { from: ['SchemaName'] },
		leadStages: { from: ['Options.Value'] },
		leadSources: { from: ['Options.Value'] },
		products: { from: ['List.ProductSku'] },
		webhooks: { from: ['Response.WebhookId'] },
	},
};

/** Values of a response, with the names that lead to them; positions in lists are left out. */
function valuesIn(value: unknown, at = ''): Array<[path: string, value: string]> {
	if (Array.isArray(value)) return value.flatMap((one) => valuesIn(one, at));
	if (typeof value === 'object' && value !== null)
		return Object.entries(value).flatMap(([name, one]) => valuesIn(one, at ? `${at}.${name}` : name));
	return [[at, String(value)]];
}

async function offered(node: NodeName, list: string, form: IDataObject, filter?: string): Promise<string[]> {
	const { listSearch, loadOptions } = pack.nodeTypes[`n8n-nodes-crm-pack.${node}`].methods!;
	const parameters = { resource: 'task', operation: 'create', ...form };
	const context = loadOptionsContext(workflowOf(node, parameters), 'CRM', {
		pack,
		credentials: bench.sandbox.credentials,
	}) as unknown as ILoadOptionsFunctions;
	const found = listSearch?.[list]
		? (await listSearch[list].call(context, filter)).results
		: await loadOptions![list].call(context);
	return found.map(({ value }) => String(value));
}

const all = vendors.flatMap((parts) =>
	[...new Set(offeredLists(parts))].map(({ name }) => [parts.name as NodeName, name] as const),
);

test("every list says here which of the vendor's values it offers", () => {
	expect(all.filter(([node, list]) => offers[node][list] === undefined)).toEqual([]);
});

test.each(all)(
	'%s: the list %s offers the value that requests name the record by, and no other one of it',
	async (node, list) => {
		const { from, form = {}, filter, answered, before } = offers[node][list];
		if (answered) bench.sandbox.vendors[node].faults.add({ kind: 'answer', reply: { status: 200, body: answered } });
		const made = await before?.();
		bench.sandbox.vendors[node].requests.splice(0);

		const values = await offered(node, list, made ?? form, filter);

		const responses = [answered, ...bench.sandbox.vendors[node].requests.map(({ answer }) => answer?.body)];
		const allowed = responses.flatMap((body) => valuesIn(body)).filter(([path]) => from.includes(path));
		expect(values.length).toBeGreaterThan(0);
		expect(values.filter((value) => !allowed.some(([, known]) => known === value))).toEqual([]);
	},
);
