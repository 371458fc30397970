import type { IDataObject, ILoadOptionsFunctions, INode, INodeParameters } from 'n8n-workflow';
import { seeded } from '../vendors/wegly/records';
import { Bench, pack, workflowOf } from '../support/run';
import { loadOptionsContext } from './engine';
import { parametersWhenOpened } from './engineApi';
import { chat } from './forms';

const bench = new Bench();
const unknown = '3c90c3cc-0d44-4b50-8888-8dd25736052a';

const inChat = { id: seeded.chat };
const deal = { resource: 'deal', operation: 'create', title: 'Implantação' };
const follower = { resource: 'lead', operation: 'addFollower', id: seeded.lead };
const proposal = { resource: 'proposal', operation: 'update', id: seeded.proposal };

describe('lists that one deal or one chat shows', () => {
	const role = { id: '6bb94eb7-50df-4f88-9862-7ef8f4b9607c', name: 'Observer' };

	async function list(method: string, parameters: IDataObject, filter?: string) {
		const context = loadOptionsContext(workflowOf('wegly', parameters), 'CRM', {
			pack,
			credentials: bench.sandbox.credentials,
		});
		const { listSearch } = pack.nodeTypes['n8n-nodes-crm-pack.wegly'].methods!;
		return (await listSearch![method].call(context as unknown as ILoadOptionsFunctions, filter)).results;
	}

	test.each<[string, string, IDataObject, Array<{ name: string; value: string }>]>([
		[
			'the stages of the pipeline of a deal',
			'stages',
			{ ...deal, exampleDeal: seeded.deal },
			[
				{ name: 'Qualification', value: '00000000-1111-4222-8333-444444444444' },
				{ name: 'Proposal', value: '11111111-2222-4333-8444-555555555555' },
			],
		],
		[
			'the people of a deal, each once',
			'dealUsers',
			{ ...follower, exampleDeal: seeded.deal },
			[{ name: 'Sales team', value: seeded.user }],
		],
		[
			'the people of the deal of a task, which stands among the optional fields',
			'dealUsers',
			{ resource: 'task', operation: 'create', additionalFields: { crm_deal_id: seeded.deal } },
			[{ name: 'Sales team', value: seeded.user }],
		],
		[
			'the people of the deal of a proposal',
			'dealUsers',
			{ ...proposal, updateFields: { deal_id: seeded.deal } },
			[{ name: 'Sales team', value: seeded.user }],
		],
		[
			'those who wrote in a chat or answer in it, each once',
			'chatUsers',
			{ resource: 'chat', operation: 'updateResponsible', ...inChat },
			[{ name: 'Sales team', value: seeded.user }],
		],
		[
			'the agents of a chat, under IDs of their own',
			'chatAgents',
			{ resource: 'chat', operation: 'start', exampleChat: seeded.chat },
			[{ name: 'Sales team', value: seeded.agent }],
		],
		[
			'the number of a chat',
			'numbers',
			{ resource: 'chat', operation: 'start', exampleChat: seeded.chat },
			[{ name: '+55 11 4000-0000', value: '0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c' }],
		],
		[
			'the person of a chat',
			'persons',
			{ resource: 'chat', operation: 'start', exampleChat: seeded.chat },
			[{ name: 'Example customer', value: seeded.person }],
		],
		['nothing, and ask nothing, where no deal is named', 'stages', { ...deal, exampleDeal: '' }, []],
		[
			'nothing, and ask nothing, where an expression names the deal',
			'stages',
			{ ...deal, exampleDeal: '={{ $json.deal }}' },
			[],
		],
	])('offer %s', async (_name, method, parameters, entries) => {
		expect(await list(method, parameters)).toEqual(entries);
		if (entries.length === 0) expect(bench.sent('wegly')).toEqual([]);
	});

	test('offer the roles of the followers of a deal', async () => {
		const { items } = await bench.run('wegly', {
			...deal,
			additionalFields: { followers: { values: [{ user_id: seeded.user, role_id: role.id }] } },
		});

		expect(await list('roles', { ...follower, exampleDeal: items[0].json.id })).toEqual([
			{ name: role.name, value: role.id },
		]);
	});

	test('are narrowed by what is typed over them', async () => {
		expect(await list('stages', { ...deal, exampleDeal: seeded.deal }, 'prop')).toEqual([
			{ name: 'Proposal', value: expect.any(String) },
		]);
	});

	test('say that a deal which nobody knows is not there', async () => {
		await expect(list('stages', { ...deal, exampleDeal: unknown })).rejects.toThrow('There is no record with this ID');
	});

	test('say that an answer without stages is none, in place of offering nothing', async () => {
		bench.sandbox.vendors.wegly.faults.add({ kind: 'answer', reply: { status: 200, body: { id: seeded.deal } } });

		await expect(list('stages', { ...deal, exampleDeal: seeded.deal })).rejects.toThrow(
			"The response contains no list under 'pipeline_stages'",
		);
	});

	test('are only read: the deal that they come from is no part of the request, and what was chosen goes as its ID', async () => {
		const [, { value }] = await list('stages', { ...deal, exampleDeal: seeded.deal });
		bench.sandbox.reset();

		await bench.run('wegly', {
			...deal,
			exampleDeal: seeded.deal,
			additionalFields: { stage_id: { __rl: true, mode: 'list', value } },
		});

		expect(bench.sent('wegly').map(({ body }) => body)).toEqual([{ title: 'Implantação', stage_id: value }]);
	});

	const stage_id = '11111111-2222-4333-8444-555555555555';
	const saved: Array<[string, INodeParameters, IDataObject]> = [
		[
			'a deal',
			{
				...deal,
				additionalFields: {
					stage_id,
					responsible_id: unknown,
					followers: { values: [{ user_id: seeded.user, role_id: role.id }] },
				},
			},
			{
				title: 'Implantação',
				stage_id,
				responsible_id: unknown,
				followers: [{ user_id: seeded.user, role_id: role.id }],
			},
		],
		[
			'a chat with a template, whose kinds of variables could be typed',
			{
				...chat,
				wa_contact_id: '11977776666',
				additionalFields: {
					assigned_agent_id: seeded.agent,
					crm_person_id: seeded.person,
					template_fields: {
						values: [
							{ component: 'BUTTON', type: 'PAYLOAD', index: '1', button_index: '0', card_index: '', value: 'sim' },
						],
					},
				},
			},
			{
				whatsapp_phone_id: unknown,
				wa_contact_id: '11977776666',
				template: { name: 'saudacao', language: 'pt_BR' },
				assigned_agent_id: seeded.agent,
				crm_person_id: seeded.person,
				template_fields: [{ component: 'BUTTON', type: 'PAYLOAD', index: 1, button_index: 0, value: 'sim' }],
			},
		],
		['a follower', { ...follower, user_id: seeded.user, role_id: role.id }, { user_id: seeded.user, role_id: role.id }],
		['an approval', { ...proposal, updateFields: { approved_by: seeded.user } }, { approved_by: seeded.user }],
	];

	test.each(saved)(
		'are no must: %s of a node that was saved with IDs as text is opened as it was, and sent as it was',
		async (_name, parameters, body) => {
			const { description } = pack.nodeTypes['n8n-nodes-crm-pack.wegly'];
			const opened = parametersWhenOpened(description, { typeVersion: 1, parameters } as INode);

			await bench.run('wegly', opened as IDataObject);

			expect(opened).toMatchObject(parameters);
			expect(bench.sent('wegly').map((request) => request.body)).toEqual([body]);
		},
	);
});
