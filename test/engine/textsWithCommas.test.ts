import type { IDataObject } from 'n8n-workflow';
import { checkFor } from '../../nodes/shared/fields/check';
import { placedFields } from '../../nodes/shared/form/operation';
import { settingsOf } from '../../nodes/shared/trigger/settings';
import { trigger as syncroChatTrigger } from '../../nodes/SyncroChat/trigger';
import { Bench, type NodeName } from '../support/run';
import { operations } from '../support/vendors';
import { byId } from './forms';

const bench = new Bench();

/** Every field that says of itself that it takes several values with commas. */
const separated = operations.flatMap(({ title, parts, operation }) =>
	placedFields(operation.fields)
		.filter(
			({ field: { spec } }) => spec.ui.type === 'string' && /\bcommas\b/.test(`${spec.ui.description} ${spec.ui.hint}`),
		)
		.map(({ key, field }) => ({ title, key, field, formats: parts.vendor.formats })),
);

test.each(separated)("$title: '$key' takes a list as it takes text with commas", ({ key, field, formats }) => {
	const check = checkFor([{ key, field }], { zone: 'America/Sao_Paulo', formats });
	const read = (value: unknown) => check([[{ key, field }, value]])[key];
	const example = field.spec.ui.placeholder?.replace('e.g. ', '').split(/,\s*/) ?? ['first', 'second'];

	expect(JSON.stringify(read(example)).replaceAll(', ', ',')).toBe(JSON.stringify(read(example.join(','))));
	expect(() => read([{ a: 1 }])).toThrow(field.spec.label);
});

test.each<[string, NodeName, IDataObject, string, string[], unknown]>([
	[
		'columns of LeadSquared',
		'leadSquared',
		{ resource: 'lead', operation: 'search', LookupName: byId('mx_City'), LookupValue: 'Pune' },
		'Columns',
		['City', 'Phone'],
		{ Columns: { Include_CSV: 'City,Phone' } },
	],
	[
		'labels of WoofedCRM',
		'woofedCrm',
		{ resource: 'contact', operation: 'create', full_name: 'Ana' },
		'label_list',
		['vip', 'a, b'],
		{ label_list: 'vip, "a, b"' },
	],
])('%s may come as a list from an expression', async (_what, node, parameters, key, list, body) => {
	const collection = node === 'leadSquared' ? 'filters' : 'additionalFields';

	const { error } = await bench.run(
		node,
		{ ...parameters, [collection]: { [key]: '={{ $json.list }}' } },
		{ items: [{ list }] },
	);

	expect(error).toBeUndefined();
	expect(bench.sent(node)[0].body).toMatchObject(body as IDataObject);
});

test('extra relations of Syncro Chat may come as a list, and one with nothing in it is none', async () => {
	const get = { resource: 'lead', operation: 'get', id: byId(123), additionalFields: { include: '={{ $json.list }}' } };

	await bench.run('syncroChat', get, { items: [{ list: ['owner', 'tags'] }, { list: ['', null] }] });

	expect(bench.sent('syncroChat').map(({ query }) => query)).toEqual([{ include: 'owner,tags' }, {}]);
});

test('the events and the filters of a trigger may come as a list', () => {
	const given: Record<string, unknown> = {
		events: [],
		otherEvents: ['lead.lost', 'task.created'],
		filters: { ignoreSource: ['n8n', 'api'] },
		options: {},
	};
	const context = { getNodeParameter: (name: string) => given[name], getTimezone: () => 'UTC' };

	expect(settingsOf(context as never, syncroChatTrigger)).toMatchObject({
		otherEvents: ['lead.lost', 'task.created'],
		filters: { ignoreSource: 'n8n,api' },
	});
});
