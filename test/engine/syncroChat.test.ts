import type { IDataObject, ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { loadOptionsContext } from './engine';
import { Bench, pack, workflowOf } from '../support/run';
import { byId } from './forms';

const bench = new Bench();
const create = { resource: 'lead', operation: 'create', name: 'Maria', pipeline_id: byId(1), stage_id: byId(5) };
const node = pack.nodeTypes['n8n-nodes-crm-pack.syncroChat'];

const contextFor = (parameters: IDataObject) =>
	loadOptionsContext(workflowOf('syncroChat', parameters), 'CRM', {
		pack,
		credentials: bench.sandbox.credentials,
	}) as unknown as ILoadOptionsFunctions;
const namesOf = async (method: string, parameters: IDataObject) =>
	(await node.methods!.listSearch![method].call(contextFor(parameters))).results.map(({ name }) => name);

const mapperFields = async (method: string, parameters: IDataObject) =>
	(await node.methods!.resourceMapping![method].call(contextFor(parameters))) as ResourceMapperFields;

/** The mapper as the editor stores it, with values for some fields; the requests so far are forgotten. */
function mapperOf(value: IDataObject, { fields: schema }: ResourceMapperFields): IDataObject {
	bench.sandbox.reset();
	return { mappingMode: 'defineBelow', value, matchingColumns: [], schema } as unknown as IDataObject;
}

describe('custom fields', () => {
	const fields = async () => await mapperFields('customFields', create);

	const mapped = async (value: IDataObject) => mapperOf(value, await fields());

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
		const custom_fields = await mapped({
			company_size: '200+',
			sector: 'Technology',
			budget: '1500.5',
			visit: '2026-07-01T00:00:00',
			interests: '["CRM", "Chat"]',
			newsletter: 'true',
		});

		await bench.run('syncroChat', { ...create, custom_fields });

		expect(bench.sent('syncroChat')[0].body).toMatchObject({
			custom_fields: {
				company_size: '200+',
				sector: 'Technology',
				budget: 1500.5,
				visit: '2026-07-01',
				interests: ['CRM', 'Chat'],
				newsletter: true,
			},
		});
	});

	test('that were left blank are not sent', async () => {
		await bench.run('syncroChat', {
			...create,
			custom_fields: await mapped({ sector: 'x', budget: null, visit: '={{ "" }}' }),
		});

		expect(bench.sent('syncroChat')[0].body).toMatchObject({ custom_fields: { sector: 'x' } });
	});

	test.each([
		['budget', 'much', "'Custom Fields' ('Budget') must be a number, but is \"much\""],
		[
			'visit',
			'2026-02-31',
			"'Custom Fields' ('Visit') must be a date like 2026-07-01, from 1900 to 2200, but is \"2026-02-31\"",
		],
		['newsletter', 'perhaps', "'Custom Fields' ('Newsletter') must be true or false, but is \"perhaps\""],
		['sector', '', "'Custom Fields' ('Sector') is required but empty"],
	])('that do not fit are refused by name before anything is sent: %s', async (name, value, words) => {
		const { error } = await bench.run('syncroChat', {
			...create,
			custom_fields: await mapped({ sector: 'x', [name]: `={{ "${value}" }}` }),
		});

		expect(error?.message).toContain(words);
		expect(bench.sent('syncroChat')).toEqual([]);
	});
});

describe('stages', () => {
	test('follow the pipeline that was chosen', async () => {
		expect(await namesOf('stages', { ...create, pipeline_id: byId(2) })).toEqual(['New · Support']);
		expect(await namesOf('stages', { resource: 'lead', operation: 'create' })).toHaveLength(5);
	});

	test('that win or lose a lead are offered where they belong', async () => {
		expect([await namesOf('wonStages', {}), await namesOf('lostStages', {}), await namesOf('lostReasons', {})]).toEqual(
			[['Won · Sales'], ['Lost · Sales'], ['Price', 'No answer']],
		);
	});
});

test('only numbers that can send templates, and approved templates, are offered', async () => {
	expect([await namesOf('whatsappNumbers', {}), await namesOf('whatsappTemplates', {})]).toEqual([
		['Official API · +5521900000000'],
		['appointment_reminder · pt_BR', 'order_shipped · pt_BR', 'welcome · pt_BR'],
	]);
});

test('several tags go into the query as a list', async () => {
	await bench.run('syncroChat', { resource: 'lead', operation: 'getAll', filters: { tags: 'vip, site' } });

	expect(bench.sent('syncroChat')[0].query).toEqual({ 'tags[]': ['vip', 'site'] });
});

test.each<[string, IDataObject, string]>([
	['a text', { q: '={{ "" }}' }, 'Search'],
	['a list of nothing but commas', { tags: '={{ "" }}, ,' }, 'Tags'],
	['a list of nothing', { tags: '={{ [""] }}' }, 'Tags'],
])('leads are not listed when a filter is empty, because everybody would be: %s', async (_, filters, label) => {
	const { error } = await bench.run('syncroChat', { resource: 'lead', operation: 'getAll', filters });

	expect(error?.message).toContain(`'${label}' is empty. Enter a value or remove the field`);
	expect(bench.sent('syncroChat')).toEqual([]);
});

test('a lead that was moved, won or lost stands in its new stage', async () => {
	const { items } = await bench.run('syncroChat', create);
	const id = byId(items[0].json.id as number);
	const stageAfter = async (parameters: IDataObject) => {
		await bench.run('syncroChat', { resource: 'lead', id, ...parameters });
		return (await bench.run('syncroChat', { resource: 'lead', operation: 'get', id })).items[0].json.stage_id;
	};

	const stages = [
		await stageAfter({ operation: 'move', pipeline_id: byId(1), stage_id: byId(6) }),
		await stageAfter({ operation: 'markWon', stage_id: byId(10) }),
		await stageAfter({ operation: 'markLost', stage_id: byId(11) }),
	];

	expect(stages).toEqual([6, 10, 11]);
});

test('a stage of the wrong kind is refused in the words of the vendor', async () => {
	const { error } = await bench.run('syncroChat', {
		resource: 'lead',
		operation: 'markWon',
		id: byId(124),
		stage_id: byId(6),
	});

	expect(error?.message).toContain('não é uma etapa de ganho');
});

describe('variables of a template', () => {
	const send = { resource: 'lead', operation: 'sendTemplate', id: byId(124), instance_id: byId(2) };
	const withTemplate = (id: number) => ({ ...send, template_id: byId(id) });
	const fieldsFor = async (id: number) => await mapperFields('templateVariables', withTemplate(id));

	test('are asked for with their place in the text, where the template comes with its text', async () => {
		expect((await fieldsFor(3)).fields.map(({ id, displayName, required }) => [id, displayName, required])).toEqual([
			['1', 'Olá {{1}}, seu pedi…', true],
			['2', '…eu pedido {{2}} foi envia…', true],
			['3', '…chega até {{3}}. Até logo…', true],
		]);
	});

	test('are ten optional ones where the template comes without its text', async () => {
		const { fields } = await fieldsFor(1);

		expect(fields.map(({ required }) => required)).toEqual(Array(10).fill(false));
		expect(fields[1]).toMatchObject({ id: '2', displayName: 'Variable 2', type: 'string' });
	});

	test('are in the order of their numbers where there are ten and more, and all are sent', async () => {
		const numbers = [1, 10, 11, 12, 2, 3, 4, 5, 6, 7, 8, 9];
		const body = numbers.map((number) => `{{${number}}}`).join(' ');
		bench.sandbox.vendors.syncroChat.faults.add({
			kind: 'answer',
			reply: { status: 200, body: { success: true, data: [{ id: 3, name: 'x', body }] } },
		});
		const offered = await fieldsFor(3);
		const variables = mapperOf(Object.fromEntries(numbers.map((number) => [number, `value ${number}`])), offered);

		await bench.run('syncroChat', { ...withTemplate(1), variables });

		const inOrder = Array.from({ length: 12 }, (_, index) => String(index + 1));
		expect(offered.fields.map(({ id, required }) => [id, required])).toEqual(inOrder.map((id) => [id, true]));
		expect(bench.sent('syncroChat')[0].body).toMatchObject({ variables: inOrder.map((id) => `value ${id}`) });
	});

	test('with the tenth of eleven left empty are refused', async () => {
		const value = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9, 11].map((number) => [number, 'x']));

		const { error } = await bench.run('syncroChat', {
			...withTemplate(1),
			variables: mapperOf(value, await fieldsFor(1)),
		});

		expect(error?.message).toBe("'Variables' ('Variable 10') is empty, but a later variable has a value [item 0]");
		expect(bench.sent('syncroChat')).toEqual([]);
	});

	test.each<[string, IDataObject]>([
		['names in place of numbers', { components: [{ type: 'BODY', text: 'Olá {{nome}}' }] }],
		['a number left out', { body: 'Olá {{1}}, até {{3}}' }],
		[
			'a number in two parts, which WhatsApp counts apart',
			{ components: [{ text: 'Pedido {{1}}' }, { text: 'Olá {{1}}' }] },
		],
		['a text that is empty', { components: [], body: null }],
		['a part without a text', { components: [{ type: 'BODY' }] }],
	])('are ten optional ones where there is doubt: %s', async (_, template) => {
		bench.sandbox.vendors.syncroChat.faults.add({
			kind: 'answer',
			reply: { status: 200, body: { success: true, data: [{ id: 3, name: 'x', ...template }] } },
		});

		expect((await fieldsFor(3)).fields).toHaveLength(10);
	});

	test('are none where its text has no placeholders', async () => {
		expect(await fieldsFor(4)).toEqual({ fields: [], emptyFieldsNotice: 'This template has no variables' });
	});

	test('are sent as a list in the order of their numbers, commas and all', async () => {
		const variables = mapperOf({ 2: 'Olá, tudo bem', 1: 'João', 3: '10:00' }, await fieldsFor(1));

		await bench.run('syncroChat', { ...withTemplate(1), variables });

		expect(bench.sent('syncroChat')[0].body).toEqual({
			template_id: 1,
			instance_id: 2,
			variables: ['João', 'Olá, tudo bem', '10:00'],
		});
	});

	test.each<[string, number, IDataObject, string]>([
		['a gap', 1, { 1: 'João', 3: '10:00' }, "'Variables' ('Variable 2') is empty, but a later variable has a value"],
		['a name in place of a number', 1, { nome: 'João' }, "'Variables' ('nome') must be the number of a variable"],
		[
			'a required one that an expression left empty',
			3,
			{ 1: '77', 2: '={{ "" }}', 3: 'sexta' },
			"'Variables' ('…eu pedido {{2}} foi envia…') is required but empty",
		],
	])('with %s are refused, and nothing is sent', async (_, template, value, words) => {
		const { error } = await bench.run('syncroChat', {
			...withTemplate(template),
			variables: mapperOf(value, await fieldsFor(template)),
		});

		expect(error?.message).toContain(words);
		expect(bench.sent('syncroChat')).toEqual([]);
	});

	test.each([
		['as text with commas', 'Ana, 10:00', ['Ana', '10:00']],
		['as a list from an expression, commas and all', '={{ ["Olá, Ana", "10:00"] }}', ['Olá, Ana', '10:00']],
	])('are given %s where nobody knows how many there are', async (_, variableList, sent) => {
		const { items } = await bench.run('syncroChat', { ...withTemplate(1), additionalFields: { variableList } });

		expect(bench.sent('syncroChat')[0].body).toEqual({ template_id: 1, instance_id: 2, variables: sent });
		expect(items[0].json).toEqual({ success: true, lead_id: 124, template_id: 1 });
	});

	test('that are given twice are refused', async () => {
		const variables = mapperOf({ 1: 'João' }, await fieldsFor(1));

		const { error } = await bench.run('syncroChat', {
			...withTemplate(1),
			variables,
			additionalFields: { variableList: 'Ana' },
		});

		expect(error?.message).toContain("'Variables' and 'Variables as List' cannot both be set. Remove one of them");
		expect(bench.sent('syncroChat')).toEqual([]);
	});

	test('that do not come from the mapper are refused', async () => {
		const { error } = await bench.run('syncroChat', { ...withTemplate(1), variables: 'João' });

		expect(error?.message).toContain('\'Variables\' must be a set of values, one per field, but is "João"');
		expect(bench.sent('syncroChat')).toEqual([]);
	});
});

test.each([
	[
		'the window is closed',
		{ success: false, message: 'Janela de 24h fechada', skip_reason: 'window_closed' },
		'window_closed',
		'approved template',
	],
	[
		'mandatory tasks are pending',
		{ success: false, blocked: true, message: 'Complete mandatory tasks', pending_tasks: [] },
		'blocked',
		'still pending. Complete them first',
	],
	[
		'two named tasks are pending',
		{
			success: false,
			blocked: true,
			message: 'Complete mandatory tasks',
			pending_tasks: [{ id: 45, subject: 'Call', type: 'call' }, 'Visit'],
		},
		'blocked',
		'still pending: Call, Visit. Complete them first',
	],
	['the plan is full', { success: false, message: 'Limite de leads', limit_reached: true }, 'limit_reached', 'plan'],
])('a refusal because %s comes with its code and advice', async (_name, body, code, description) => {
	bench.sandbox.vendors.syncroChat.faults.add({ kind: 'answer', reply: { status: 422, body } });

	const { error } = await bench.run('syncroChat', create);

	expect(error).toMatchObject({ description: expect.stringContaining(description), context: { data: { code } } });
});
