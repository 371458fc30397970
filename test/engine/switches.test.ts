import { Bench } from '../support/run';
import { fieldReader, placedInForms } from './fieldReader';
import { byId, exampleId } from './forms';

const bench = new Bench();

const switches = placedInForms.filter(({ placed }) => placed.field.spec.ui.type === 'boolean');

/** What an expression gives for yes and no; n8n's own types take all of it. */
const given: ReadonlyArray<readonly [unknown, boolean]> = [
	[true, true],
	['true', true],
	['TRUE ', true],
	[1, true],
	['1', true],
	['1.0', true],
	['\u200b1', true],
	[false, false],
	['False', false],
	[0, false],
	['0', false],
];
const empty = [null, '', ' ', undefined, [], '\u200b'];
const wrong = ['yes', 2, '2', -1, 'sim', '0x1', ['true', 1], { a: 1 }];

/** What is refused, by its first words. */
const refusal = (work: () => unknown) => {
	try {
		return work();
	} catch (error) {
		return (error as Error).message;
	}
};

test.each(switches)('$name takes what n8n takes for yes and no, and is never left out where it is empty', (place) => {
	const read = fieldReader(place);
	const { label } = place.placed.field.spec;
	const byExpression = (value: unknown) => refusal(() => read('={{ $json.value }}', { value: value as never }));

	expect(given.map(([value]) => [value, byExpression(value), refusal(() => read(value))])).toEqual(
		given.map(([value, sent]) => [value, sent, sent]),
	);
	expect(empty.map(byExpression)).toEqual(empty.map(() => `'${label}' must be true or false, but is empty [item 0]`));
	for (const value of wrong)
		expect(byExpression(value)).toEqual(expect.stringMatching(`^'${label}' must be true or false, but is`));
});

test('a switch that is not in the form stays out of the request', async () => {
	await bench.run('woofedCrm', {
		resource: 'dealEvent',
		operation: 'createActivity',
		deal_id: byId(1),
		title: 'Ligar',
	});

	expect(bench.sandbox.vendors.woofedCrm.requests[0].body).not.toHaveProperty('done');
});

test.each([null, '', undefined])(
	'Update Responsible of Wegly is refused where an expression makes a switch %j, and changes nothing',
	async (value) => {
		const form = {
			resource: 'chat',
			operation: 'updateResponsible',
			id: exampleId,
			user_id: byId(exampleId),
			update_chat: true,
			update_deals: false,
		};
		const { error } = await bench.run('wegly', { ...form, update_leads: '={{ $json.value }}' }, { items: [{ value }] });

		expect(error?.message).toBe("'Update Leads' must be true or false, but is empty [item 0]");
		expect(error?.description).toBe(
			'Nothing was sent for this item. Correct the expression, for example with a default: {{ $json.value ?? false }}.',
		);
		expect(bench.sandbox.vendors.wegly.requests).toEqual([]);
	},
);

describe('a switch among mapped fields', () => {
	const form = (value: unknown) => ({
		resource: 'lead',
		operation: 'create',
		name: 'Ana',
		custom_fields: {
			mappingMode: 'defineBelow',
			value: { vip: value, other: 'x' },
			schema: [
				{
					id: 'vip',
					displayName: 'VIP',
					required: false,
					defaultMatch: false,
					display: true,
					type: 'boolean',
					removed: false,
				},
				{
					id: 'other',
					displayName: 'Other',
					required: false,
					defaultMatch: false,
					display: true,
					type: 'string',
					removed: false,
				},
			],
		},
	});
	const mapped = placedInForms.find(
		({ node, form: { resource, operation }, placed }) =>
			node === 'syncroChat' &&
			resource === 'lead' &&
			operation === 'create' &&
			placed.field.spec.ui.type === 'resourceMapper',
	)!;
	const read = fieldReader(mapped);
	const stored = (value: unknown) => form(value).custom_fields;

	test.each([
		[1, true],
		['0', false],
		['true', true],
		[false, false],
	])('takes %j as %j', (value, sent) => {
		expect(read(stored(value))).toEqual({ vip: sent, other: 'x' });
		expect(read(stored('={{ $json.value }}'), { value })).toEqual({ vip: sent, other: 'x' });
	});

	test.each([null, undefined, ''])('is refused where an expression makes it %j', (value) => {
		expect(refusal(() => read(stored('={{ $json.value }}'), { value: value as never }))).toMatch(
			/\(\'VIP\'\) must be true or false, but is empty \[item 0\]$/,
		);
	});

	test('is left out where nobody touched it', () => {
		expect(read(stored(null))).toEqual({ other: 'x' });
	});
});
