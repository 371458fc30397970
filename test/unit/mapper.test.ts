import { mapper, numberedMapper } from '../../nodes/shared/fields';
import { imaginedFields } from '../support/imagined';
import { complaints, context, taken } from '../support/fieldChecks';

describe('a mapper', () => {
	const schema = [
		{ id: 'size', displayName: 'Size', type: 'number', required: true },
		{ id: 'news', displayName: 'News', type: 'boolean' },
		{ id: 'visit', displayName: 'Visit', type: 'dateTime' },
		{ id: 'tags', displayName: 'Tags', type: 'array' },
		{ id: 'note', displayName: 'Note', type: 'string' },
	];
	const mapped = (value: unknown) => ({ mappingMode: 'defineBelow', value, schema });
	const field = mapper('Custom Fields', { ...imaginedFields, name: 'customFields' });

	test.each([
		[{ size: '1.5' }, { size: 1.5 }],
		[
			{ size: 1, news: 'TRUE' },
			{ size: 1, news: true },
		],
		[
			{ size: 1, news: false },
			{ size: 1, news: false },
		],
		[
			{ size: 1, visit: '2026-07-01T01:00:00Z' },
			{ size: 1, visit: '2026-06-30' },
		],
		[
			{ size: 1, tags: ['a', 1] },
			{ size: 1, tags: ['a', 1] },
		],
		[
			{ size: 1, tags: ' ["a b", "c"] ' },
			{ size: 1, tags: ['a b', 'c'] },
		],
		[
			{ size: 1, tags: 'a, b' },
			{ size: 1, tags: ['a', 'b'] },
		],
		[
			{ size: 1, tags: '["Recife, PE", "a \\"b\\""]' },
			{ size: 1, tags: ['Recife, PE', 'a "b"'] },
		],
		[
			{ size: 1, tags: '[1, true]' },
			{ size: 1, tags: ['1', 'true'] },
		],
		[
			{ size: 1, tags: '[a, b]' },
			{ size: 1, tags: ['a', 'b'] },
		],
		[
			{ size: 1, tags: ',a,, "" ,' },
			{ size: 1, tags: ['a'] },
		],
		[
			{ size: 1, tags: ['', 'a', null] },
			{ size: 1, tags: ['a'] },
		],
		[{ size: 1, tags: '[]' }, { size: 1 }],
		[{ size: 1, tags: ' , ' }, { size: 1 }],
		[{ size: 1, tags: ['', null] }, { size: 1 }],
		[
			{ size: 1, tags: '[a' },
			{ size: 1, tags: ['[a'] },
		],
		[
			{ size: 1, tags: 'a]' },
			{ size: 1, tags: ['a]'] },
		],
		[
			{ size: 1, tags: 'x"a"' },
			{ size: 1, tags: ['x"a"'] },
		],
		[
			{ size: 1, note: 7 },
			{ size: 1, note: '7' },
		],
		[
			{ size: 1, note: true, unknown: 'x' },
			{ size: 1, note: 'true', unknown: 'x' },
		],
		[{ size: 1, note: '', visit: null }, { size: 1 }],
	])('sends %j as %j', (value, sent) => {
		expect(taken(field, mapped(value))).toEqual(sent);
	});

	test.each<[unknown, Array<[string, string]>]>([
		[{ size: 'x' }, [['Size', 'must be a number, but is "x"']]],
		[{}, [['Size', 'is required but empty']]],
		[null, [['Size', 'is required but empty']]],
		[{ size: 1, news: 'yes' }, [['News', 'must be true or false, but is "yes"']]],
		[{ size: 1, news: 'constructor' }, [['News', 'must be true or false, but is "constructor"']]],
		[
			{ size: 1, visit: '2026-02-31' },
			[['Visit', 'must be a date like 2026-07-01, from 1900 to 2200, but is "2026-02-31"']],
		],
		[{ size: 1, tags: { a: 1 } }, [['Tags', 'must be a list or comma-separated text, but is {"a":1}']]],
		[{ size: 1, note: { a: 1 } }, [['Note', 'must be text, but is {"a":1}']]],
		[{ size: 1, unknown: { a: 1 } }, [['unknown', 'must be text, but is {"a":1}']]],
		[{ size: NaN }, [['Size', 'must be a number, but is NaN']]],
	])('refuses %j by the name of its field', (value, words) => {
		expect(complaints(field, mapped(value))).toEqual(words);
	});

	test.each([null, 'x', 7, {}, { value: {} }])('refuses %j, which does not come from a mapper', (value) => {
		expect(field.spec.schema(context).safeParse(value).success).toBe(false);
	});

	test('without a list of fields takes texts, and nothing when there is none', () => {
		expect([
			taken(field, { mappingMode: 'x', value: { a: 1 } }),
			taken(field, { mappingMode: 'x', value: {} }),
			taken(field, { mappingMode: 'x', value: null }),
		]).toEqual([{ a: '1' }, undefined, undefined]);
	});

	test('stands open, and is filled by the method of the node', () => {
		expect(field.spec).toMatchObject({
			label: 'Custom Fields',
			wire: { type: 'object' },
			expects: 'a set of values, one per field',
			open: true,
			ui: {
				type: 'resourceMapper',
				default: { mappingMode: 'defineBelow', value: null },
				noDataExpression: true,
				typeOptions: {
					resourceMapper: {
						resourceMapperMethod: 'customFields',
						mode: 'add',
						valuesLabel: 'Custom Fields',
						fieldWords: { singular: 'field', plural: 'fields' },
						addAllFields: false,
						multiKeyMatch: false,
						supportAutoMap: false,
					},
				},
			},
		});
		expect(field.spec.ui.typeOptions).not.toHaveProperty('loadOptionsDependsOn');
	});
});

describe('a mapper of a vendor that wants other forms', () => {
	const schema = [
		{ id: 'day', displayName: 'Day', type: 'dateTime', holds: 'day' },
		{ id: 'moment', displayName: 'Moment', type: 'dateTime', holds: 'moment' },
		{ id: 'tags', displayName: 'Tags', type: 'string', joinedBy: ';' },
	];
	const mapped = (value: unknown) => ({ mappingMode: 'defineBelow', value, schema });
	const field = mapper('Custom Fields', imaginedFields);

	test('keeps a moment whole, in the form of the vendor and in UTC', () => {
		expect(taken(field, mapped({ moment: '2026-07-01T10:30:00', day: '2026-07-01T10:30:00' }))).toEqual({
			moment: '2026-07-01T13:30:00Z',
			day: '2026-07-01',
		});
		expect(taken(field, mapped({ moment: '2026-07-01' }))).toEqual({ moment: '2026-07-01T03:00:00Z' });
	});

	test('names a moment that is none', () => {
		expect(complaints(field, mapped({ moment: '01/07/2026' }))).toEqual([
			['Moment', expect.stringContaining('must be a date')],
		]);
	});

	test('joins a list into one text', () => {
		expect(taken(field, mapped({ tags: ['a', 'b'] }))).toEqual({ tags: 'a;b' });
		expect(taken(field, mapped({ tags: 'a, b' }))).toEqual({ tags: 'a;b' });
		expect(taken(field, mapped({ tags: '["Recife, PE","b"]' }))).toEqual({ tags: 'Recife, PE;b' });
	});

	test.each(['[]', ',', [' ']])(
		'does not empty a field of several values by %j, and refuses it where one is wanted',
		(tags) => {
			const required = schema.map((one) => ({ ...one, required: one.id === 'tags' }));

			expect(taken(field, mapped({ tags }))).toBeUndefined();
			expect(complaints(field, { ...mapped({ tags }), schema: required })).toEqual([['Tags', 'is required but empty']]);
		},
	);

	test.each(['[{"a":1}]', '["a", {"b":1}]', [{ a: 1 }]])(
		'refuses the objects in %j, which no text stands for',
		(tags) => {
			expect(complaints(field, mapped({ tags }))).toEqual([['Tags', expect.stringContaining('must be text, but is')]]);
		},
	);

	test('sends pairs', () => {
		const pairs = field.pairs({ name: 'SchemaName', of: 'Thing' });

		expect(taken(pairs, mapped({ tags: 'a', other: 'x' }))).toEqual([
			{ SchemaName: 'tags', Value: 'a' },
			{ SchemaName: 'other', Value: 'x' },
		]);
		expect(taken(pairs, mapped({}))).toBeUndefined();
		expect(pairs.spec.wire).toEqual({
			type: 'array',
			items: { type: 'object', properties: { SchemaName: { type: 'string' }, Value: {} } },
		});
	});

	test('writes its values beside the other members', () => {
		expect(field.spread().spec.write?.({ a: 1, 'b.c': 2 })).toEqual([
			['a', 1],
			['b.c', 2],
		]);
	});
});

describe('a mapper of numbers', () => {
	const field = numberedMapper('Variables', {
		...imaginedFields,
		name: 'templateVariables',
		dependsOn: ['template_id'],
	});
	const mapped = (
		value: unknown,
		schema: unknown[] = [
			{ id: '1', displayName: 'One' },
			{ id: '2', displayName: 'Two' },
		],
	) => ({ mappingMode: 'defineBelow', value, schema });

	test('sends a list in the order of the numbers', () => {
		expect([
			taken(field, mapped({ 2: 'b', 1: 'a' })),
			taken(
				field,
				mapped({ 10: 'j', ...Object.fromEntries(Array.from({ length: 9 }, (_, index) => [index + 1, index])) }),
			),
			taken(field, mapped({})),
		]).toEqual([['a', 'b'], ['0', '1', '2', '3', '4', '5', '6', '7', '8', 'j'], undefined]);
	});

	test.each<[unknown, Array<[string, string]>]>([
		[{ 2: 'b' }, [['One', 'is empty, but a later variable has a value']]],
		[
			{ 1: 'a', 4: 'd' },
			[
				['Two', 'is empty, but a later variable has a value'],
				['3', 'is empty, but a later variable has a value'],
			],
		],
		[{ name: 'x' }, [['name', 'must be the number of a variable']]],
		[{ 0: 'x' }, [['0', 'must be the number of a variable']]],
		[{ 100: 'x' }, [['100', 'must be the number of a variable']]],
		[{ '1a': 'x' }, [['1a', 'must be the number of a variable']]],
		[{ a1: 'x' }, [['a1', 'must be the number of a variable']]],
	])('refuses %j', (value, words) => {
		expect(complaints(field, mapped(value))).toEqual(words);
	});

	test('is read anew when the record changes that decides which fields there are', () => {
		expect(field.spec).toMatchObject({
			wire: { type: 'array', items: { type: 'string' } },
			ui: {
				typeOptions: {
					loadOptionsDependsOn: ['template_id.value'],
					resourceMapper: { fieldWords: { singular: 'variable', plural: 'variables' } },
				},
			},
		});
	});
});
