import { formatValue } from '../../nodes/shared/base/formatValue';
import {
	binary,
	decimal,
	email,
	type Field,
	fixed,
	integer,
	isBlank,
	list,
	nested,
	oneOf,
	OneOf,
	Nested,
	rows,
	text,
	url,
	withoutLocator,
	dateTime,
	dayAndTime,
	time,
	date,
	choice,
} from '../../nodes/shared/fields';
import { taken } from '../support/fieldChecks';

describe('rows', () => {
	const field = rows(
		'Items',
		{ name: text('Name').required(), amount: integer('Amount').min(1), kind: fixed('x') },
		'Add Item',
	);

	test.each<[unknown, unknown]>([
		[{ values: [{ name: 'a', amount: '2' }] }, [{ name: 'a', amount: 2, kind: 'x' }]],
		[[{ name: 'a', amount: '' }], [{ name: 'a', amount: undefined, kind: 'x' }]],
		[{ name: 'a' }, [{ name: 'a', kind: 'x' }]],
		[{ values: [{ name: '' }] }, undefined],
		[{ values: [{ name: 'a', other: 1 }] }, undefined],
		['x', undefined],
	])('take %j as %j', (given, sent) => {
		expect(taken(field, given)).toEqual(sent);
	});

	test('are a collection of rows with their members by label', () => {
		expect(field.spec).toMatchObject({
			label: 'Items',
			expects: 'a list of rows',
			wire: {
				type: 'array',
				items: { type: 'object', properties: { name: { type: 'string' }, amount: { type: 'integer' } } },
			},
			ui: {
				type: 'fixedCollection',
				default: {},
				placeholder: 'Add Item',
				typeOptions: { multipleValues: true, sortable: true },
			},
		});
		const options = field.spec.ui.options as Array<{
			name: string;
			displayName: string;
			values: Array<{ displayName: string; name: string; required?: boolean }>;
		}>;
		expect(
			options.map(({ name, displayName, values }) => [
				name,
				displayName,
				...values.map((member) => [member.displayName, member.name, member.required]),
			]),
		).toEqual([['values', 'Items', ['', 'kind', undefined], ['Amount', 'amount', undefined], ['Name', 'name', true]]]);
	});
});

test.each<[string, Field, unknown, unknown]>([
	['files by name', binary('Files'), 'data, more', ['data', 'more']],
	['files by list', binary('Files'), ['data'], ['data']],
	['no names of files', binary('Files').required(), ' , ', undefined],
	['an object as a list', list('L', text('T')), { a: 1 }, undefined],
	['a list with blanks', list('L', text('T')), [' a ', '', null, 'b'], ['a', 'b']],
	['a list of nothing', list('L', text('T')), [''], undefined],
	['a number as a list', list('L', integer('I')), 7, [7]],
	['an address with blanks around', url('U'), ' https://x.example/a ', 'https://x.example/a'],
	['an address of another kind', url('U'), 'ftp://x.example', undefined],
	['an address in capitals', url('U'), 'HTTPS://x.example', 'HTTPS://x.example'],
	['a largest number', integer('I').min(1).max(3), 3, 3],
	['more than the largest', integer('I').min(1).max(3), 4, undefined],
	['a number with a sign', integer('I'), '+7', 7],
	['a number with words after it', integer('I'), '7a', undefined],
	['a number with words before it', integer('I'), 'a7', undefined],
	['a number as text', integer('I').min(0).asText(), 7, '7'],
	['a smallest decimal', decimal('D').min(0), -0.1, undefined],
	['a decimal', decimal('D').min(0).max(2), '1.25', 1.25],
	['more than the largest decimal', decimal('D').min(0).max(2), 2.1, undefined],
	['a decimal with a word', decimal('D'), 'x1.5', undefined],
	['a decimal that ends in a word', decimal('D'), '1.5x', undefined],
	['a choice with blanks', choice('C', [{ value: 'a', name: 'A' }]), ' A ', 'a'],
	[
		'a day and its time',
		dayAndTime('D', { day: 'd', time: 't' }),
		'2026-07-01T09:30:00',
		{ day: '2026-07-01', time: '09:30' },
	],
	['a day alone', dayAndTime('D', { day: 'd', time: 't' }), '2026-07-01', { day: '2026-07-01' }],
	['no day', dayAndTime('D', { day: 'd', time: 't' }), '2026-02-31', undefined],
])('takes %s', (_, field, given, sent) => {
	expect(taken(field, given)).toEqual(sent);
});

test('a day and its time go to two members, a day alone to one', () => {
	const { write } = dayAndTime('D', { day: 'due_date', time: 'due_time' }).spec;

	expect([write!({ day: 'x', time: 'y' }), write!({ day: 'x' })]).toEqual([
		[
			['due_date', 'x'],
			['due_time', 'y'],
		],
		[['due_date', 'x']],
	]);
});

test.each<[Field, string, string, unknown]>([
	[text('T').max(5), 'string', 'text of at most 5 characters', ''],
	[integer('I').min(2), 'number', 'a whole number of at least 2', 2],
	[integer('I').max(9), 'number', 'a whole number of at most 9', 0],
	[integer('I').min(2).max(9), 'number', 'a whole number from 2 to 9', 2],
	[integer('I').min(2).max(9).blank(), 'string', 'a whole number from 2 to 9', ''],
	[decimal('D'), 'number', 'a number like 1234.56', 0],
	[decimal('D').max(3), 'number', 'a number of at most 3', 0],
	[decimal('D').min(1).max(3), 'number', 'a number from 1 to 3', 1],
	[email('E'), 'string', 'a valid email address', ''],
	[url('U'), 'string', 'a full web address like https://www.example.com/thanks', ''],
	[date('D'), 'dateTime', 'a date like 2026-07-01 or an ISO 8601 date and time, from 1900 to 2200', ''],
	[time('T'), 'string', 'a time like 09:00 or an ISO 8601 date and time', ''],
	[
		dateTime('D'),
		'dateTime',
		'a date and time like 2026-07-01T09:00:00, optionally with an offset of up to 14:00, from 1900 to 2200',
		'',
	],
	[list('L', email('E')), 'string', 'a list or comma-separated text, where each value is a valid email address', ''],
	[binary('B'), 'string', 'a comma-separated list of binary field names', 'data'],
	[
		choice('C', [
			{ value: 'b', name: 'B' },
			{ value: 'a', name: 'A' },
		]),
		'options',
		'one of b, a',
		'a',
	],
])(
	'the form element %# is of its type, says what it takes, and starts as it should',
	({ spec }, type, takes, start) => {
		expect([spec.ui.type, spec.expects, spec.ui.default]).toEqual([type, takes, start]);
	},
);

test('the methods of a field change one thing each', () => {
	const field = text('T');

	expect(field.open().spec.open).toBe(true);
	expect(field.required().spec.required).toBe(true);
	expect(field.clearable().spec).toMatchObject({ clearable: true });
	expect(field.clearable().spec).not.toHaveProperty('emptied');
	expect(field.clearable('').spec).toMatchObject({ clearable: true, emptied: '' });
	expect(field.local().spec.local).toBe(true);
	expect(field.ordered().spec.ordered).toBe(true);
	expect(field.at('a.b').spec.at).toBe('a.b');
	expect(field.in('query').spec.place).toBe('query');
	expect(field.secret().spec).toMatchObject({ secret: true, ui: { typeOptions: { password: true } } });
	expect(field.rows(4).describe('d').hint('h').example('x').default('s').spec.ui).toEqual({
		type: 'string',
		default: 's',
		description: 'd',
		hint: 'h',
		placeholder: 'e.g. x',
		typeOptions: { rows: 4 },
	});
	expect(field.spec.ui).toEqual({ type: 'string', default: '' });
});

test.each<[unknown, string]>([
	['x'.repeat(60), JSON.stringify('x'.repeat(60))],
	[Array(30).fill('ab'), `${JSON.stringify(Array(30).fill('ab')).slice(0, 77)}...`],
	['x'.repeat(61), 'a text of 61 characters'],
	[{ a: 'x'.repeat(72) }, JSON.stringify({ a: 'x'.repeat(72) })],
	[undefined, 'undefined'],
])('%j is shown as %s', (value, shown) => {
	expect(formatValue(value)).toBe(shown);
});

test('what a locator holds is its value, and a locator without one is blank', () => {
	expect([
		withoutLocator({ __rl: true, value: 7 }),
		withoutLocator({ value: 7 }),
		withoutLocator(null),
		withoutLocator('x'),
		withoutLocator({ __rl: true }),
	]).toEqual([7, { value: 7 }, null, 'x', undefined]);
	expect([
		isBlank({ __rl: true, value: ' ' }),
		isBlank({ __rl: true, value: 0 }),
		isBlank({ toISO: 1 }),
		isBlank(new Date(0)),
		isBlank({}),
	]).toEqual([true, false, false, false, true]);
});

test('parts of a descriptor hold what they were given', () => {
	expect(nested({ a: text('A') })).toBeInstanceOf(Nested);
	expect(oneOf('When', { now: { name: 'Now', fields: {} } }, 'd')).toEqual(
		new OneOf('When', { now: { name: 'Now', fields: {} } }, 'd'),
	);
});
