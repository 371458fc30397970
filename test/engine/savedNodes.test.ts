import { NodeHelpers, type IDataObject, type INode, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import { rows, text } from '../../nodes/shared/fields';
import { properties } from '../../nodes/shared/form/properties';
import { imaginedOperation } from '../support/imagined';
import { Bench, type NodeName } from '../support/run';
import { appointment, byId, exampleId } from './forms';

const bench = new Bench();

const lead = { resource: 'lead', operation: 'create', name: 'Ana Souza', pipeline_id: byId(1), stage_id: byId(2) };
const reachedBy = { phone: '+5511987654321', email: 'ana@example.com' };
const meeting = { ...appointment, DueDate: '2026-07-01T09:00:00' };
const template = {
	resource: 'chat',
	operation: 'start',
	whatsapp_phone_id: exampleId,
	wa_contact_id: '11999999999',
	name: 'saudacao',
	language: 'pt_BR',
};
const variables = {
	template_fields: {
		values: [{ component: 'BODY', type: 'TEXT', index: '1', button_index: '', card_index: '', value: 'Ana' }],
	},
};
const end = { EndDate: '2026-07-01T10:00:00' };

/** The one request that a form leads to. */
async function requestOf(node: NodeName, parameters: IDataObject) {
	bench.sandbox.reset();
	const { error } = await bench.run(node, parameters);
	expect(error).toBeUndefined();
	return bench.sent(node);
}

describe('a node that was saved when a field stood among the optional ones', () => {
	test.each([
		['a lead of Syncro Chat', 'syncroChat', lead, reachedBy],
		['an appointment of LeadSquared', 'leadSquared', meeting, end],
		['a chat of Wegly with variables', 'wegly', template, variables],
	] as const)('sends the same: %s', async (_what, node, form, moved) => {
		const before = await requestOf(node, { ...form, additionalFields: { ...moved } });

		expect(before).toEqual(await requestOf(node, { ...form, ...moved }));
		expect(before).not.toEqual(await requestOf(node, form));
	});

	test('gives its value by an expression, as before', async () => {
		const { items } = await bench.run(
			'syncroChat',
			{ ...lead, additionalFields: { email: '={{ $json.mail }}' } },
			{ items: [{ mail: 'rui@example.com' }] },
		);

		expect(items[0].json.email).toBe('rui@example.com');
	});

	test('still says by which address a lead is found', async () => {
		const { items: created } = await bench.run('syncroChat', { ...lead, email: 'found@example.com' });

		const { items } = await bench.run('syncroChat', {
			...lead,
			operation: 'findOrCreate',
			additionalFields: { email: 'found@example.com' },
		});

		expect(items[0].json.id).toBe(created[0].json.id);
	});

	test('sends what stands open once somebody fills that in', async () => {
		const [request] = await requestOf('syncroChat', {
			...lead,
			email: 'new@example.com',
			additionalFields: { email: 'old@example.com' },
		});

		expect(request.body).toMatchObject({ email: 'new@example.com' });
	});

	test('keeps its value when n8n opens and saves it, rows too, and a fresh one is not offered the field twice', () => {
		const fields = {
			phone: text('Phone').formerlyOptional(),
			list: rows('List', { a: text('Alpha') }, 'Add Row').formerlyOptional(),
		};
		const form = properties({ thing: { name: 'Thing', operations: { do: imaginedOperation({ fields }) } } });
		const saved = { phone: '1', list: { values: [{ a: 'x' }] } };
		const opened = (additionalFields: INodeParameters, typeVersion: number) => {
			const parameters = { resource: 'thing', operation: 'do', additionalFields };
			return NodeHelpers.getNodeParameters(
				form,
				parameters,
				true,
				false,
				{ typeVersion, parameters } as unknown as INode,
				null,
			)?.additionalFields;
		};
		const offered = (typeVersion: number) =>
			(form.find(({ name }) => name === 'additionalFields')!.options as INodeProperties[])
				.filter((option) => NodeHelpers.displayParameter({}, option, { typeVersion }, null))
				.map(({ name }) => name);

		expect(opened(saved, 1)).toEqual(saved);
		expect(offered(1)).toEqual(['list']);
		expect(offered(1.1)).toEqual([]);
	});
});

test('an operation whose field was never otherwise keeps it in every version, beside one whose field was', () => {
	const alpha = text('Alpha').open();
	const changed = imaginedOperation({ fields: { a: alpha.formerly(text('Alpha').default('x')) } });
	const form = properties({
		thing: { name: 'Thing', operations: { one: changed, two: imaginedOperation({ fields: { a: alpha } }) } },
	});
	const shown = (operation: string, typeVersion: number) =>
		form
			.filter(
				(element) =>
					element.name === 'a' &&
					NodeHelpers.displayParameter({ resource: 'thing', operation }, element, { typeVersion }, null),
			)
			.map((one) => one.default);

	expect([shown('one', 1), shown('one', 1.1), shown('two', 1), shown('two', 1.1)]).toEqual([['x'], [''], [''], ['']]);
});

describe('a field of LeadSquared that begins otherwise, or is a list, since version 1.1 of the node', () => {
	const sale = {
		resource: 'salesActivity',
		operation: 'create',
		ProspectId: byId('5b00000a-1a2b-4c3d-8e4f-00000000000a'),
	};
	const search = { resource: 'opportunity', operation: 'getByLeadField', LookupValue: 'lead@example.com' };
	const bodyOf = async (parameters: IDataObject, typeVersion: number) => {
		bench.sandbox.reset();
		await bench.run('leadSquared', parameters, { settings: { typeVersion } });
		return bench.sent('leadSquared')[0].body;
	};

	test.each([
		[1, 'Lost'],
		[1.1, 'Open'],
	])(
		'a sale of version %p that holds no status, because n8n saves no default, is sent as %s',
		async (version, Status) => {
			expect(await bodyOf(sale, version)).toMatchObject({ Status });
		},
	);

	test.each<[string, number, IDataObject, string]>([
		['the text of a saved node', 1, { LookupName: 'Phone' }, 'Phone'],
		['the default of a saved node', 1, {}, 'EmailAddress'],
		['an entry of the list', 1.1, { LookupName: { __rl: true, mode: 'list', value: 'Phone' } }, 'Phone'],
		[
			'a name that is written',
			1.1,
			{ LookupName: { __rl: true, mode: 'name', value: 'ProspectAutoId' } },
			'ProspectAutoId',
		],
		['the default of a fresh node', 1.1, {}, 'EmailAddress'],
	])('the unique field of leads is %s', async (_what, version, given, LookupName) => {
		expect(await bodyOf({ ...search, ...given }, version)).toMatchObject({ Parameter: { LookupName } });
	});

	test('an opportunity and an activity look for their lead by an entry of the list', async () => {
		const leadFields = { mappingMode: 'defineBelow', value: { Phone: '+91-9000000000' }, schema: [] };
		const by = { SearchBy: { __rl: true, mode: 'list', value: 'Phone' }, leadFields };

		const bodies = [
			await bodyOf({ resource: 'opportunity', operation: 'create', OpportunityEventCode: byId(12000), ...by }, 1.1),
			await bodyOf({ resource: 'activity', operation: 'createWithLead', ActivityEvent: byId(201), ...by }, 1.1),
		];

		for (const body of bodies)
			expect(body).toMatchObject({ LeadDetails: [{ Attribute: 'SearchBy', Value: 'Phone' }, { Attribute: 'Phone' }] });
	});
});
