import type { INode, INodeParameters } from 'n8n-workflow';
import { Bench, pack, type NodeName } from '../support/run';
import { parametersWhenOpened } from './engineApi';
import { byId } from './forms';

const bench = new Bench();
const phone = '(11) 98765-4321';

/** Forms with a phone field, filled in with a national number. */
const forms: Array<[NodeName, INodeParameters]> = [
	// Before the lead is there.
	[
		'syncroChat',
		{ resource: 'lead', operation: 'findOrCreate', name: 'Maria', pipeline_id: byId(1), stage_id: byId(5), phone },
	],
	[
		'syncroChat',
		{
			resource: 'lead',
			operation: 'create',
			name: 'Maria',
			pipeline_id: byId(1),
			stage_id: byId(5),
			additionalFields: { phone },
		},
	],
	['woofedCrm', { resource: 'contact', operation: 'create', phone }],
	['woofedCrm', { resource: 'contact', operation: 'upsert', phone }],
	['woofedCrm', { resource: 'contact', operation: 'find', phone }],
	['woofedCrm', { resource: 'contact', operation: 'getAll', filters: { phone_eq: phone } }],
	[
		'woofedCrm',
		{
			resource: 'user',
			operation: 'create',
			email: 'ana@country.example',
			password: 'a long secret',
			password_confirmation: 'a long secret',
			additionalFields: { phone },
		},
	],
];

/** What n8n makes of the parameters of a node when it opens a workflow. */
function opened(node: NodeName, typeVersion: number, parameters: INodeParameters): INodeParameters {
	const { description } = pack.nodeTypes[`n8n-nodes-crm-pack.${node}`];
	return parametersWhenOpened(description, { typeVersion, parameters } as INode);
}

test.each(forms)('%s: a national number is sent with the default country before it: %j', async (node, parameters) => {
	const { error } = await bench.run(node, { ...parameters, options: { defaultCountry: 'BR' } });

	expect(error).toBeUndefined();
	expect(JSON.stringify(bench.sent(node))).toContain('+5511987654321');
});

test.each(forms)(
	'%s: a node that was saved before there was a default country refuses a national number: %j',
	async (node, parameters) => {
		const { error } = await bench.run(node, parameters);

		expect(error?.message).toMatch(
			/'Phone( Is)?' must be a phone number with country code like .+ but is "\(11\) 98765-4321" \[item 0\]/,
		);
		expect(bench.sent(node)).toEqual([]);
	},
);

describe.each<NodeName>(['syncroChat', 'woofedCrm'])('a node %s', (node) => {
	test('starts with Brazil when it is put on the canvas', () => {
		expect(opened(node, 1.1, {}).options).toEqual({ defaultCountry: 'BR' });
	});

	test('gets no country that was not saved with it', () => {
		expect(
			[opened(node, 1, {}), opened(node, 1, { options: {} }), opened(node, 1.1, { options: { timeout: 30 } })].map(
				({ options }) => options,
			),
		).toEqual([{}, {}, { timeout: 30 }]);
	});

	test('keeps what was saved, in both versions', () => {
		const options = { defaultCountry: 'PT', timeout: 30 };

		expect([1, 1.1].map((version) => opened(node, version, { options }).options)).toEqual([options, options]);
	});
});

test('a country by an expression is taken by its two letters or its name, and anything else is refused', async () => {
	const run = async (country: string) =>
		await bench.run('woofedCrm', {
			resource: 'contact',
			operation: 'create',
			phone: '912 345 678',
			options: { defaultCountry: `={{ "${country}" }}` },
		});

	const [taken, named, refused] = [await run('pt'), await run('Portugal'), await run('Iberia')];

	expect([taken, named].map(({ items }) => items[0].json.phone)).toEqual(['+351912345678', '+351912345678']);
	expect(refused.error?.message).toContain(
		`'Default Country' must be a country from the list or a two-letter country code like BR, but is "Iberia"`,
	);
});
