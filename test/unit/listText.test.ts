import * as fc from 'fast-check';
import { choice, choices, list, mapper, text } from '../../nodes/shared/fields';
import { listInJson, quotedParts, wholeChoices } from '../../nodes/shared/fields/listText';
import { check, taken } from '../support/fieldChecks';

const regions = ['Sales, North', 'Sales, South', 'Sales', 'East', 'a,b,c'];

test.each([
	['Sales, North', ['Sales, North']],
	['sales ,north', ['Sales, North']],
	['Sales, North, East', ['Sales, North', 'East']],
	['East, Sales, South, Sales', ['East', 'Sales, South', 'Sales']],
	['Sales, West', ['Sales', 'West']],
	['a,b', ['a', 'b']],
	['x, a, b, c', ['x', 'a,b,c']],
	['', ['']],
])('a choice that holds a comma stays whole in %j', (given, expected) => {
	expect(
		wholeChoices(
			given.split(',').map((part) => part.trim()),
			regions,
		),
	).toEqual(expected);
});

test('without known choices each comma separates', () => {
	expect(wholeChoices(['Sales', 'North'], [])).toEqual(['Sales', 'North']);
	expect(wholeChoices([], ['a, b'])).toEqual([]);
});

test('choices that are joined come apart again, whatever commas they hold, unless several begin alike', () => {
	const known = ['a, b', 'c', 'd, e, f', 'g'];
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...known)), (chosen) => {
			expect(wholeChoices(chosen.join(', ').split(', '), known)).toEqual(chosen.length === 0 ? [''] : chosen);
		}),
	);
});

test.each([
	['"Sales, North", East', ['Sales, North', 'East']],
	['a, "b" , c', ['a', 'b', 'c']],
	['5" pipe, 3" pipe', ['5" pipe', '3" pipe']],
	['"a"b, c', ['"a"b', 'c']],
])('a comma inside quotes does not separate: %j', (given, expected) => {
	expect(quotedParts(given).filter((part) => part !== '')).toEqual(expected);
});

test.each([
	['["a", "b, c"]', ['a', 'b, c']],
	[' [1, "x"] ', ['1', 'x']],
	['[]', []],
	['[a, b]', undefined],
	['{"a": 1}', undefined],
	['["a"', undefined],
	['a', undefined],
])('%j is a list as JSON text, or none', (given, expected) => {
	expect(listInJson(given)).toEqual(expected);
});

describe('a list', () => {
	test('is read from JSON text, as models write it', () => {
		expect([taken(list('Tags', text('Tag')), '["vip", " a, b "]'), taken(list('Tags', text('Tag')), '[]')]).toEqual([
			['vip', 'a, b'],
			undefined,
		]);
		expect(taken(list('Tags', text('Tag')), '[VIP], b')).toEqual(['[VIP]', 'b']);
	});

	test('of choices keeps one that holds a comma, by its value or its label', () => {
		const field = list(
			'Areas',
			choice('Area', [...choices({ 'north, east': 'North, East' }), { value: 'all', name: 'All, of them' }]),
		);

		expect([taken(field, 'North, East, all'), taken(field, 'all, of them')]).toEqual([['north, east', 'all'], ['all']]);
		expect(check(field, 'north, west').success).toBe(false);
	});
});

describe.each([
	['joined', { type: 'string', joinedBy: ';' }, (values: string[]) => values.join(';')],
	['as a list', { type: 'array' }, (values: string[]) => values],
])('a mapped field that takes several, %s', (_name, kind, sent) => {
	const field = mapper('Fields', { name: '', request: 'GET /', page: '', contract: '', fields: () => [] });
	const valueOf = (value: unknown, known?: string[]) =>
		(
			taken(field, {
				mappingMode: 'defineBelow',
				value: { region: value },
				schema: [{ id: 'region', displayName: 'Region', ...kind, choices: known }],
			}) as {
				region: unknown;
			}
		).region;

	test('keeps a choice whole that holds a comma', () => {
		expect([
			valueOf('Sales, North', regions),
			valueOf('Sales, North, East', regions),
			valueOf('["Sales, North"]', regions),
		]).toEqual([sent(['Sales, North']), sent(['Sales, North', 'East']), sent(['Sales, North'])]);
	});

	test('is split at each comma in a workflow that was saved without the choices', () => {
		expect(valueOf('Sales, North')).toEqual(sent(['Sales', 'North']));
	});
});
