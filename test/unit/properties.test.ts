import type { INodeProperties } from 'n8n-workflow';
import { fixed, integer, choice, choices, nested, oneOf, text, type Fields } from '../../nodes/shared/fields';
import type { Operation, Resources } from '../../nodes/shared/form/operation';
import { properties } from '../../nodes/shared/form/properties';
import { imaginedOperation, imaginedPages } from '../support/imagined';

const resourcesOf = (operations: Record<string, Partial<Operation>>): Resources => ({
	thing: {
		name: 'Thing',
		operations: Object.fromEntries(Object.entries(operations).map(([value, part]) => [value, imaginedOperation(part)])),
	},
});
/** The form of one operation, without the drop-downs before it and the options after it. */
const formOf = (part: Partial<Operation>, value = 'do') => properties(resourcesOf({ [value]: part })).slice(2, -1);
const shownFor = (operation: string | string[], more = {}) => ({
	displayOptions: { show: { resource: ['thing'], operation: [operation].flat(), ...more } },
});
const named = (form: INodeProperties[]) => form.map(({ name }) => name);

test('the form begins with resource and operation, sorted by their names, and starts with creating', () => {
	const resources: Resources = {
		b: {
			name: 'Bird',
			operations: {
				update: imaginedOperation({ name: 'Update', action: 'Update bird', description: 'Update a bird' }),
				create: imaginedOperation({ name: 'Create', action: 'Create bird', description: 'Create a bird' }),
				add: imaginedOperation({ name: 'Add', action: 'Add bird', description: 'Add a bird' }),
			},
		},
		a: {
			name: 'Ant',
			operations: {
				look: imaginedOperation({ name: 'Look', action: 'Look at ant', description: 'Look', unverified: 'nobody did' }),
			},
		},
	};

	expect(properties(resources).slice(0, 3)).toEqual([
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Ant', value: 'a' },
				{ name: 'Bird', value: 'b' },
			],
			default: 'b',
		},
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Add', value: 'add', action: 'Add bird', description: 'Add a bird' },
				{ name: 'Create', value: 'create', action: 'Create bird', description: 'Create a bird' },
				{ name: 'Update', value: 'update', action: 'Update bird', description: 'Update a bird' },
			],
			default: 'create',
			displayOptions: { show: { resource: ['b'] } },
		},
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Look', value: 'look', action: 'Look at ant', description: 'Beta: not fully documented. Look.' },
			],
			default: 'look',
			displayOptions: { show: { resource: ['a'] } },
		},
	]);
});

test('a resource may open on another operation, in new nodes alone', () => {
	const thing = { ...resourcesOf({ create: { name: 'Create' }, look: { name: 'Look' } }).thing, opensOn: 'look' };
	const choices = properties({ thing }).filter(({ name }) => name === 'operation');

	expect(choices.map(({ default: opensOn, displayOptions }) => [opensOn, displayOptions])).toEqual([
		['look', { show: { resource: ['thing'] }, hide: { '@version': [1] } }],
		['create', { show: { resource: ['thing'], '@version': [1] } }],
	]);
});

test('open fields come first, required ones marked, then the optional ones in their collection, sorted', () => {
	const fields: Fields = {
		z: text('Zeta'),
		id: text('ID').required(),
		hidden: fixed('x'),
		a: text('Alpha').describe('First'),
		free: text('Free').open(),
		person: nested({ city: text('City') }),
	};

	expect(formOf({ fields })).toEqual([
		{ displayName: 'ID', name: 'id', type: 'string', default: '', required: true, ...shownFor('do') },
		{ displayName: 'Free', name: 'free', type: 'string', default: '', ...shownFor('do') },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{ displayName: 'Alpha', name: 'a', type: 'string', default: '', description: 'First' },
				{ displayName: 'City', name: 'city', type: 'string', default: '' },
				{ displayName: 'Zeta', name: 'z', type: 'string', default: '' },
			],
			...shownFor('do'),
		},
	]);
});

test('an operation without optional fields has no collection', () => {
	expect(formOf({ fields: { id: text('ID').required() } })).toHaveLength(1);
});

test('an update offers to empty what the vendor empties, sorted; nothing else does', () => {
	const fields: Fields = { b: text('Beta').clearable(), a: text('Alpha').clearable(), c: text('Gamma') };
	const clear = {
		displayName: 'Fields to Clear',
		name: 'fieldsToClear',
		type: 'multiOptions',
		options: [
			{ name: 'Alpha', value: 'a' },
			{ name: 'Beta', value: 'b' },
		],
		default: [],
		description: 'Fields whose stored value is cleared',
	};

	expect(formOf({ fields, updates: true })).toMatchObject([
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			options: [{ name: 'a' }, { name: 'b' }, clear, { name: 'c' }],
		},
	]);
	expect(formOf({ fields })).toMatchObject([
		{ name: 'additionalFields', options: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
	]);
	expect(named(formOf({ fields: { c: text('Gamma') }, updates: true })[0].options as INodeProperties[])).toEqual(['c']);
});

test('a list has Return All, Limit, its filters and Simplify, in this order', () => {
	expect(
		formOf({ request: 'GET /things', many: imaginedPages, simple: ['id'], fields: { name: text('Name') } }, 'getAll'),
	).toEqual([
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
			...shownFor('getAll'),
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			default: 50,
			typeOptions: { numberPrecision: 0, minValue: 1 },
			description: 'Max number of results to return',
			...shownFor('getAll', { returnAll: [false] }),
		},
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [{ displayName: 'Name', name: 'name', type: 'string', default: '' }],
			...shownFor('getAll'),
		},
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
			...shownFor('getAll'),
		},
	]);
});

test('the values of a closed list stand in its description, for those who read nothing else', () => {
	const [plain, described, number] = formOf({
		fields: {
			plain: choice('Plain', choices({ a: 'Aa', b: 'Bb' })).open(),
			described: choice('Described', choices({ a: 'Aa' }))
				.describe('What it is, e.g. this.')
				.open(),
			number: integer('Number').describe('How many').open(),
		},
	});

	expect([plain.description, described.description, number.description]).toEqual([
		'One of a, b',
		'What it is, e.g. this. One of a.',
		'How many',
	]);
});

describe('a choice', () => {
	const ways = {
		now: { name: 'Now', fields: { sent: fixed(true) } },
		at: { name: 'At Time', description: 'Later', fields: { time: text('Time').required(), zone: text('Zone') } },
	};

	test('stands before the first field that depends on it, with its ways sorted, and takes no expression', () => {
		expect(
			formOf({
				fields: {
					first: text('First').open(),
					when: oneOf('When', ways, 'When it happens'),
					last: text('Last').required(),
				},
			}),
		).toEqual([
			{ displayName: 'First', name: 'first', type: 'string', default: '', ...shownFor('do') },
			{
				displayName: 'When',
				name: 'when',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'At Time', value: 'at', description: 'Later' },
					{ name: 'Now', value: 'now' },
				],
				default: 'now',
				description: 'When it happens',
				...shownFor('do'),
			},
			{
				displayName: 'Time',
				name: 'time',
				type: 'string',
				default: '',
				required: true,
				...shownFor('do', { when: ['at'] }),
			},
			{ displayName: 'Zone', name: 'zone', type: 'string', default: '', ...shownFor('do', { when: ['at'] }) },
			{ displayName: 'Last', name: 'last', type: 'string', default: '', required: true, ...shownFor('do') },
		]);
	});

	test('stands beside another one', () => {
		const two = formOf({
			fields: {
				one: oneOf('One', { a: { name: 'A', fields: {} } }),
				two: oneOf('Two', { b: { name: 'B', fields: {} } }),
			},
		});

		expect(two.map(({ displayName, name, default: first }) => [displayName, name, first])).toEqual([
			['One', 'one', 'a'],
			['Two', 'two', 'b'],
		]);
	});

	test('without fields that depend on it is there, too, and says nothing where nothing is said', () => {
		const [choiceElement, ...rest] = formOf({
			fields: { when: oneOf('When', { now: { name: 'Now', fields: {} }, never: { name: 'Never', fields: {} } }) },
		});

		expect([choiceElement.name, rest]).toEqual(['when', []]);
		expect(choiceElement).not.toHaveProperty('description');
	});
});

describe('elements of several operations', () => {
	test('are one where they differ in nothing but the operation', () => {
		const fields = { id: text('ID').required(), name: text('Name').required() };

		expect(
			properties(resourcesOf({ one: { fields }, two: { fields } }))
				.slice(2, -1)
				.map(({ name, displayOptions }) => [name, displayOptions?.show?.operation]),
		).toEqual([
			['id', ['one', 'two']],
			['name', ['one', 'two']],
		]);
	});

	test('are several where label, condition or resource differ', () => {
		const form = properties({
			...resourcesOf({
				one: { fields: { id: text('ID').required() } },
				two: { fields: { id: text('Other').required() } },
			}),
			other: { name: 'Other', operations: { one: imaginedOperation({ fields: { id: text('ID').required() } }) } },
		});

		expect(
			form
				.filter(({ name }) => name === 'id')
				.map(({ displayName, displayOptions }) => `${displayName} ${JSON.stringify(displayOptions!.show)}`)
				.sort(),
		).toEqual([
			'ID {"resource":["other"],"operation":["one"]}',
			'ID {"resource":["thing"],"operation":["one"]}',
			'Other {"resource":["thing"],"operation":["two"]}',
		]);
	});

	test('keep the order of each form', () => {
		const [a, b, c] = ['a', 'b', 'c'].map((key) => ({ [key]: text(key).required() }));
		const form = properties(
			resourcesOf({
				one: { fields: { ...a, ...b } },
				two: { fields: { ...b, ...a } },
				three: { fields: { ...c, ...a } },
			}),
		).slice(2, -1);
		const orderIn = (operation: string) =>
			named(form.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes(operation)));

		expect([orderIn('one'), orderIn('two'), orderIn('three')]).toEqual([
			['a', 'b'],
			['b', 'a'],
			['c', 'a'],
		]);
	});
});
