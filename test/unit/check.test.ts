import fc from 'fast-check';
import type { FailureError } from '../../nodes/shared/base/failure';
import { checkFor, membersOf, refusal, refuseBlanks } from '../../nodes/shared/fields/check';
import {
	date,
	fixed,
	integer,
	json,
	list,
	mapper,
	pick,
	rows,
	text,
	toggle,
	type Field,
} from '../../nodes/shared/fields';
import { leads } from '../../nodes/SyncroChat/lookups';
import { imaginedFields } from '../support/imagined';

const context = { zone: 'UTC', formats: { dateTime: 'iso', time: 'HH:mm' } };

/** The check of one field, on one value. */
function check(field: Field, value: unknown, item?: number) {
	const keyed = { key: 'field', field };
	return checkFor([keyed], context)([[keyed, value]], item);
}

function failureFrom(work: () => unknown) {
	try {
		work();
	} catch (error) {
		return (error as FailureError).failure;
	}
	throw new Error('Nothing was refused');
}

const required = text('Name').required();
const count = integer('Count').min(1);

test('values that fit come back in their own form, and blank ones are not there', () => {
	expect([check(count, ' 5 '), check(count, ''), check(text('Name'), null), check(fixed(3), undefined)]).toStrictEqual([
		{ field: 5 },
		{},
		{},
		{ field: 3 },
	]);
});

test.each([
	['a required field that is empty', required, ' ', "'Name' is required but empty [item 2]"],
	[
		'a required locator that is empty',
		required,
		{ __rl: true, mode: 'id', value: '' },
		"'Name' is required but empty [item 2]",
	],
	[
		'a locator without the mark',
		pick('Lead', leads).required(),
		{ mode: 'id', value: 0 },
		"'Lead' must be picked from the list or be an ID (a whole number of at least 1) or the URL of its page, but is 0 [item 2]",
	],
	[
		'a locator without the mark that is empty',
		pick('Lead', leads).required(),
		{ mode: 'list', value: '' },
		"'Lead' is required but empty [item 2]",
	],
	['a value that does not fit', count, 'abc', '\'Count\' must be a whole number of at least 1, but is "abc" [item 2]'],
	[
		'a locator whose value does not fit',
		count,
		{ __rl: true, mode: 'id', value: 0 },
		'\'Count\' must be a whole number of at least 1, but is {"__rl":true,"mode":"id","value":0} [item 2]',
	],
	[
		'a secret that does not fit',
		text('Password').max(3).secret(),
		'hush',
		"'Password' must be text of at most 3 characters, but is a value that is not shown here [item 2]",
	],
	[
		'an entry of a list',
		list('Numbers', count),
		'1, 0',
		'\'Numbers\' (row 2) must be a list or comma-separated text, where each value is a whole number of at least 1, but is "1, 0" [item 2]',
	],
	[
		'a member of a row',
		rows('Lines', { count, name: required }, 'Add'),
		{
			values: [
				{ count: 1, name: 'a' },
				{ count: 0, name: 'b' },
			],
		},
		"'Lines' (row 2, 'Count') must be a whole number of at least 1, but is 0 [item 2]",
	],
	[
		'a mapped field',
		mapper('Custom', imaginedFields),
		{ mappingMode: 'defineBelow', value: { a: 'x' }, schema: [{ id: 'a', displayName: 'Age', type: 'number' }] },
		"'Custom' ('Age') must be a number, but is \"x\" [item 2]",
	],
])('%s is refused by label, place, and what is allowed', (_name, field, value, message) => {
	expect(failureFrom(() => check(field as Field, value, 2))).toEqual({
		message: message.replace('{"__rl":true,"mode":"id","value":0}', '0'),
		description: 'Nothing was sent for this item. Correct the value or its expression.',
		input: true,
	});
});

describe('a check of many items', () => {
	const kinds: Field[] = [text('T'), integer('I').min(1), date('D'), toggle('B'), list('L', integer('N')), json('J')];
	const values = fc.constantFrom<unknown>(
		'',
		'1',
		1,
		0,
		' 1 ',
		'1, 2',
		[1],
		true,
		'true',
		'2026-07-01',
		'{"a": 1}',
		{ a: 1 },
		null,
		'x',
	);
	const outcome = (work: () => unknown) => {
		try {
			return work();
		} catch (error) {
			return (error as FailureError).failure;
		}
	};

	test('tells of each value what it would tell of it alone', () => {
		fc.assert(
			fc.property(fc.constantFrom(...kinds), fc.array(values, { minLength: 2, maxLength: 8 }), (field, given) => {
				const keyed = { key: 'field', field };
				const many = checkFor([keyed], context);

				expect(given.map((value, item) => outcome(() => many([[keyed, value]], item)))).toEqual(
					given.map((value, item) => outcome(() => check(field, value, item))),
				);
			}),
			{ numRuns: 500 },
		);
	});

	test.each<[string, Field, unknown]>([
		['an object', json('J'), { a: 1 }],
		['what is made of a text', json('J'), '{"a": 1}'],
	])('hands %s out anew for each item, so that a change in one is in no other', (_name, field, value) => {
		const keyed = { key: 'field', field };
		const many = checkFor([keyed], context);

		const [first, second] = [many([[keyed, value]], 0), many([[keyed, value]], 1)];

		expect(second).toEqual(first);
		(first.field as { more?: boolean }).more = true;
		expect(many([[keyed, '{"a": 1}']], 2)).toEqual({ field: { a: 1 } });
	});

	test('sees a change inside an object that it has passed', () => {
		const keyed = { key: 'field', field: pick('Lead', leads) };
		const many = checkFor([keyed], context);
		const given = { __rl: true, mode: 'id', value: 1 };
		many([[keyed, given]], 0);
		given.value = 0;

		expect(failureFrom(() => many([[keyed, given]], 1)).message).toContain("'Lead' must be");
	});
});

test('rows that are empty have no place', () => {
	expect(failureFrom(() => check(rows('Lines', { count }, 'Add').required(), [], 0)).message).toBe(
		"'Lines' is required but empty [item 0]",
	);
});

test('where there is no item, none is named', () => {
	expect(failureFrom(() => check(required, ''))).toEqual({
		message: "'Name' is required but empty",
		description: 'Nothing was sent. Correct the value or its expression.',
		input: true,
	});
	expect(refusal({ label: 'Any', expects: 'that' }, 1, undefined).failure.message).toBe("'Any' must be that, but is 1");
});

describe('members that the user added one by one', () => {
	const fields = [
		{ key: 'a', field: text('A') as Field },
		{ key: 'b', field: text('B') as Field },
	];

	test('may be left out', () => {
		expect(() => refuseBlanks(fields, { b: 'x' }, { b: 'x' }, 0, 'of this')).not.toThrow();
		expect(() => refuseBlanks(fields, {}, {}, 0, 'of this')).not.toThrow();
	});

	test('are refused when they are empty', () => {
		expect(failureFrom(() => refuseBlanks(fields, { a: 'x', b: '' }, { a: 'x' }, 1, 'of this'))).toEqual({
			message: "'B' is empty. Enter a value or remove the field [item 1]",
			description: 'Nothing was sent for this item, because of this.',
			input: true,
		});
	});
});

describe('a collection', () => {
	test.each([
		[undefined, {}],
		[null, {}],
		[{ a: 1 }, { a: 1 }],
	])('%j holds %j', (given, members) => {
		expect(membersOf('Filters', given)).toEqual(members);
	});

	test.each([['text'], [[1]], [5]])('that an expression made %j is refused', (given) => {
		expect(failureFrom(() => membersOf('Filters', given, 3)).message).toBe(
			`'Filters' must be a set of fields, but is ${JSON.stringify(given)} [item 3]`,
		);
	});
});
