import type { IDataObject, ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { loadOptionsContext } from './engine';
import { Bench, pack, workflowOf } from '../support/run';

const bench = new Bench();
const byId = (value: string | number) => ({ __rl: true, mode: 'id', value: String(value) });
const create = { resource: 'lead', operation: 'create', name: 'Maria', pipeline_id: byId(1), stage_id: byId(5) };
const node = pack.nodeTypes['n8n-nodes-crm-pack.syncroChat'];

const contextFor = (parameters: IDataObject) => loadOptionsContext(workflowOf('syncroChat', parameters), 'CRM', { pack, credentials: bench.sandbox.credentials }) as unknown as ILoadOptionsFunctions;
const namesOf = async (method: string, parameters: IDataObject) => (await node.methods!.listSearch![method].call(contextFor(parameters))).results.map(({ name }) => name);

describe('custom fields', () => {
	const fields = async () => (await node.methods!.resourceMapping!.customFields.call(contextFor(create))) as ResourceMapperFields;

	/** The mapper as the editor stores it, with values for some fields. */
	const mapped = async (value: IDataObject) => {
		const schema = (await fields()).fields;
		bench.sandbox.reset();
		return { mappingMode: 'defineBelow', value, matchingColumns: [], schema } as unknown as IDataObject;
	};

	test('are listed with their labels, types and choices, and only those in use', async () => {
		const all = (await fields()).fields;

		expect(all.map(({ id, type, required }) => [id, type, required])).toEqual([
			['company_size', 'options', false],
			['sector', 'string', true],
			['budget', 'number', false],
			['visit', 'dateTime', false],
			['interests', 'array', false],
			['newsletter', 'boolean', false],
		]);
		expect(all[0].options).toEqual(['1-50', '51-200', '200+'].map((value) => ({ name: value, value })));
	});

	test('are sent by name in the types that the API converts to', async () => {
		const custom_fields = await mapped({ company_size: '200+', sector: 'Technology', budget: '1500.5', visit: '2026-07-01T00:00:00', interests: '["CRM", "Chat"]', newsletter: 'true' });

		await bench.run('syncroChat', { ...create, custom_fields });

		expect(bench.sent('syncroChat')[0].body).toMatchObject({ custom_fields: { company_size: '200+', sector: 'Technology', budget: 1500.5, visit: '2026-07-01', interests: ['CRM', 'Chat'], newsletter: true } });
	});

	test('that were left blank are not sent', async () => {
		await bench.run('syncroChat', { ...create, custom_fields: await mapped({ sector: 'x', budget: null, visit: '={{ "" }}' }) });

		expect(bench.sent('syncroChat')[0].body).toMatchObject({ custom_fields: { sector: 'x' } });
	});

	test.each([
		['budget', 'much'],
		['visit', '2026-02-31'],
		['newsletter', 'perhaps'],
	])('of the wrong type are refused before anything is sent: %s', async (name, value) => {
		const { error } = await bench.run('syncroChat', { ...create, custom_fields: await mapped({ sector: 'x', [name]: `={{ "${value}" }}` }) });

		expect(error?.message).toContain("'Custom Fields' takes values that fit the types of the custom fields");
		expect(bench.sent('syncroChat')).toEqual([]);
	});
});

describe('stages', () => {
	test('follow the pipeline that was chosen', async () => {
		expect(await namesOf('stages', { ...create, pipeline_id: byId(2) })).toEqual(['New · Support']);
		expect(await namesOf('stages', { resource: 'lead', operation: 'create' })).toHaveLength(5);
	});

	test('that win or lose a lead are offered where they belong', async () => {
		expect([await namesOf('wonStages', {}), await namesOf('lostStages', {}), await namesOf('lostReasons', {})]).toEqual([['Won · Sales'], ['Lost · Sales'], ['Price', 'No answer']]);
	});
});

test('only numbers that can send templates, and approved templates, are offered', async () => {
	expect([await namesOf('whatsappNumbers', {}), await namesOf('whatsappTemplates', {})]).toEqual([['Official API · +5521900000000'], ['appointment_reminder · pt_BR']]);
});

test('several tags go into the query as a list', async () => {
	await bench.run('syncroChat', { resource: 'lead', operation: 'getAll', filters: { tags: 'vip, site' } });

	expect(bench.sent('syncroChat')[0].query).toEqual({ 'tags[]': ['vip', 'site'] });
});

test('a lead that was moved, won or lost stands in its new stage', async () => {
	const { items } = await bench.run('syncroChat', create);
	const id = byId(items[0].json.id as number);
	const stageAfter = async (parameters: IDataObject) => {
		await bench.run('syncroChat', { resource: 'lead', id, ...parameters });
		return (await bench.run('syncroChat', { resource: 'lead', operation: 'get', id })).items[0].json.stage_id;
	};

	const stages = [await stageAfter({ operation: 'move', pipeline_id: byId(1), stage_id: byId(6) }), await stageAfter({ operation: 'markWon', stage_id: byId(10) }), await stageAfter({ operation: 'markLost', stage_id: byId(11) })];

	expect(stages).toEqual([6, 10, 11]);
});

test('a stage of the wrong kind is refused in the words of the vendor', async () => {
	const { error } = await bench.run('syncroChat', { resource: 'lead', operation: 'markWon', id: byId(124), stage_id: byId(6) });

	expect(error?.message).toContain('não é uma etapa de ganho');
});

test('variables of a template keep their order, and come as a list too', async () => {
	const send = { resource: 'lead', operation: 'sendTemplate', id: byId(124), template_id: byId(1), instance_id: byId(2) };

	await bench.run('syncroChat', { ...send, variables: '={{ ["João, o primeiro", "10:00"] }}' });

	expect(bench.sent('syncroChat')[0].body).toEqual({ template_id: 1, instance_id: 2, variables: ['João, o primeiro', '10:00'] });
});

test.each([
	['the window is closed', { success: false, message: 'Janela de 24h fechada', skip_reason: 'window_closed' }, 'window_closed', 'approved template'],
	['mandatory tasks are pending', { success: false, blocked: true, message: 'Complete mandatory tasks', pending_tasks: [] }, 'blocked', 'Complete them first'],
	['the plan is full', { success: false, message: 'Limite de leads', limit_reached: true }, 'limit_reached', 'plan'],
])('a refusal because %s comes with its code and advice', async (_name, body, code, advice) => {
	bench.sandbox.vendors.syncroChat.faults.add({ kind: 'answer', reply: { status: 422, body } });

	const { error } = await bench.run('syncroChat', create);

	expect(error).toMatchObject({ description: expect.stringContaining(advice), context: { data: { code } } });
});
