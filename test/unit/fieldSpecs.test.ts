import { show } from '../../nodes/shared/base/show';
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
	pick,
	pickByIdOrEmail,
	pickName,
	pickSeveral,
	rows,
	text,
	url,
	bare,
	dateTime,
	dayAndTime,
	time,
	date,
	choice,
} from '../../nodes/shared/fields';
import type { Lookup } from '../../nodes/shared/fields/lookup';
import { check, taken } from '../support/fieldChecks';

const id = '0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c';
const lookup = (change: Partial<Lookup> = {}): Lookup => ({
	name: 'deals',
	noun: 'a deal',
	id: 'integer',
	example: '27',
	request: 'GET /deals',
	page: 'https://x.example',
	contract: 'deals',
	entry: () => ({ name: '', value: 1 }),
	...change,
});

describe('a record of the vendor', () => {
	const list = (change = {}) => ({
		displayName: 'From List',
		name: 'list',
		type: 'list',
		placeholder: 'Select a deal...',
		typeOptions: { searchListMethod: 'deals', searchable: true, ...change },
	});

	test('is chosen from a list, or by its ID', () => {
		expect(pick('Deal', lookup()).spec).toMatchObject({
			label: 'Deal',
			wire: { type: 'integer', minimum: 1 },
			takes: 'an entry of the list, or its ID, a whole number of at least 1',
			ui: {
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				modes: [list(), { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 27' }],
			},
		});
		expect(pick('Deal', lookup()).spec.ui).not.toHaveProperty('typeOptions');
	});

	test('is searched only, and read anew with what it depends on, where that is so', () => {
		const { ui } = pick('Deal', lookup({ filterRequired: true, dependsOn: ['pipeline_id', 'other'] })).spec;

		expect(ui).toMatchObject({
			typeOptions: {
				loadOptionsDependsOn: [
					...['pipeline_id', 'pipeline_id.value', '&pipeline_id', '&pipeline_id.value'],
					...['other', 'other.value', '&other', '&other.value'],
				],
			},
			modes: [list({ searchFilterRequired: true }), {}],
		});
	});

	test.each<[Lookup['id'], unknown, unknown]>([
		['integer', { __rl: true, mode: 'id', value: '12' }, 12],
		['integer', 12, 12],
		['integer', '../1', undefined],
		['numberAsText', 12, '12'],
		['numberAsText', '0', undefined],
		['uuid', id, id],
		['uuid', '12', undefined],
		['text', { __rl: true, mode: 'list', value: 'x' }, 'x'],
	])('with an ID of the kind %s takes %j as %j', (kind, given, sent) => {
		expect(taken(pick('P', lookup({ id: kind })), given)).toBe(sent);
	});

	test('may be named', () => {
		const field = pickName('Task Type', lookup());

		expect([taken(field, { __rl: true, mode: 'name', value: 'Meeting' }), taken(field, 'Demo')]).toEqual(['Meeting', 'Demo']);
		expect(field.spec).toMatchObject({
			label: 'Task Type',
			wire: { type: 'string' },
			takes: 'an entry of the list, or its name',
			ui: {
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				modes: [list(), { displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. 27' }],
			},
		});
	});

	test('may be one of several', () => {
		expect(taken(pickSeveral('Event', lookup()), 'a, b')).toEqual(['a', 'b']);
		expect(pickSeveral('Event', lookup()).spec).toMatchObject({
			label: 'Event Names or IDs',
			ui: { type: 'multiOptions', default: [], description: expect.stringContaining('Choose from the list'), typeOptions: { loadOptionsMethod: 'deals' } },
		});
	});
});

describe('a user by ID or email address', () => {
	const field = pickByIdOrEmail('Owner', lookup({ id: 'uuid' }), { id: 'OwnerId', email: 'OwnerEmail' });

	test.each<[unknown, unknown]>([
		[{ __rl: true, mode: 'list', value: id }, [['OwnerId', id]]],
		[{ __rl: true, mode: 'id', value: id }, [['OwnerId', id]]],
		[{ __rl: true, value: id }, [['OwnerId', id]]],
		[{ __rl: true, mode: 'email', value: 'a@example.com' }, [['OwnerEmail', 'a@example.com']]],
		[{ __rl: true, mode: 'id', value: ' a@example.com ' }, [['OwnerEmail', 'a@example.com']]],
		['a@example.com', [['OwnerEmail', 'a@example.com']]],
		[id, [['OwnerId', id]]],
	])('takes %j as %j', (given, written) => {
		expect(field.spec.write!(taken(field, given))).toEqual(written);
	});

	test.each([{ __rl: true, mode: 'email', value: id }, { __rl: true, mode: 'id', value: 'Ana' }, 'Ana', 7, { mode: 'id', value: id }])(
		'refuses %j',
		(given) => {
			expect(check(field, given).success).toBe(false);
		},
	);

	test('has a mode for each, and is refused when it is required and blank', () => {
		expect(field.spec).toMatchObject({
			label: 'Owner',
			takes: 'an entry of the list, an ID such as 0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c, or an email address',
			wire: { type: 'object', properties: { OwnerId: { type: 'string', format: 'uuid' }, OwnerEmail: { type: 'string', format: 'email' } } },
			ui: {
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				modes: [
					{ name: 'list' },
					{ displayName: 'By ID', name: 'id', placeholder: 'e.g. 27' },
					{ displayName: 'By Email', name: 'email', placeholder: 'e.g. name@email.com' },
				],
			},
		});
		expect([check(field.required(), { __rl: true, mode: 'list', value: '' }).success, check(field, '').success]).toEqual([false, true]);
	});
});

describe('rows', () => {
	const field = rows('Items', { name: text('Name').required(), amount: integer('Amount').min(1), kind: fixed('x') }, 'Add Item');

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
			takes: 'rows',
			wire: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' }, amount: { type: 'integer' } } } },
			ui: { type: 'fixedCollection', default: {}, placeholder: 'Add Item', typeOptions: { multipleValues: true, sortable: true } },
		});
		const options = field.spec.ui.options as Array<{
			name: string;
			displayName: string;
			values: Array<{ displayName: string; name: string; required?: boolean }>;
		}>;
		expect(
			options.map(({ name, displayName, values }) => [name, displayName, ...values.map((member) => [member.displayName, member.name, member.required])]),
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
	['a day and its time', dayAndTime('D', { day: 'd', time: 't' }), '2026-07-01T09:30:00', { day: '2026-07-01', time: '09:30' }],
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
	[decimal('D'), 'number', 'a number such as 1234.56', 0],
	[decimal('D').max(3), 'number', 'a number of at most 3', 0],
	[decimal('D').min(1).max(3), 'number', 'a number from 1 to 3', 1],
	[email('E'), 'string', 'an email address', ''],
	[url('U'), 'string', 'a whole web address such as https://www.example.com/thanks', ''],
	[date('D'), 'dateTime', 'a date such as 2026-07-01, or an ISO 8601 date and time, from 1900 to 2200', ''],
	[time('T'), 'string', 'a time such as 09:00, or an ISO 8601 date and time', ''],
	[dateTime('D'), 'dateTime', 'a date and time such as 2026-07-01T09:00:00, with or without an offset of at most 14:00, from 1900 to 2200', ''],
	[list('L', email('E')), 'string', 'a list, or text with commas, where each is an email address', ''],
	[binary('B'), 'string', 'names of binary properties of the item, with commas', 'data'],
	[
		choice('C', [
			{ value: 'b', name: 'B' },
			{ value: 'a', name: 'A' },
		]),
		'options',
		'one of b, a',
		'a',
	],
])('the form element %# is of its type, says what it takes, and starts as it should', ({ spec }, type, takes, start) => {
	expect([spec.ui.type, spec.takes, spec.ui.default]).toEqual([type, takes, start]);
});

test('the methods of a field change one thing each', () => {
	const field = text('T');

	expect(field.open().spec.open).toBe(true);
	expect(field.required().spec.required).toBe(true);
	expect(field.clearable().spec.clearable).toBe(true);
	expect(field.local().spec.local).toBe(true);
	expect(field.ordered().spec.ordered).toBe(true);
	expect(field.at('a.b').spec.at).toBe('a.b');
	expect(field.in('query').spec.place).toBe('query');
	expect(field.secret().spec).toMatchObject({ secret: true, ui: { typeOptions: { password: true } } });
	expect(field.rows(4).describe('d').hint('h').example('x').startsAs('s').spec.ui).toEqual({
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
	expect(show(value)).toBe(shown);
});

test('what a locator holds is its value, and a locator without one is blank', () => {
	expect([bare({ __rl: true, value: 7 }), bare({ value: 7 }), bare(null), bare('x'), bare({ __rl: true })]).toEqual([7, { value: 7 }, null, 'x', undefined]);
	expect([isBlank({ __rl: true, value: ' ' }), isBlank({ __rl: true, value: 0 }), isBlank({ toISO: 1 }), isBlank(new Date(0)), isBlank({})]).toEqual([
		true,
		false,
		false,
		false,
		true,
	]);
});

test('parts of a descriptor hold what they were given', () => {
	expect(nested({ a: text('A') })).toBeInstanceOf(Nested);
	expect(oneOf('When', { now: { name: 'Now', fields: {} } }, 'd')).toEqual(new OneOf('When', { now: { name: 'Now', fields: {} } }, 'd'));
});
