import * as fc from 'fast-check';
import {
	choice,
	choices,
	date,
	dateTime,
	decimal,
	email,
	integer,
	json,
	list,
	optionalUnlessRequired,
	phone,
	pick,
	text,
	toggle,
	uuid,
	type Field,
	type FieldSpec,
} from '../../nodes/shared/fields';
import type { Operation } from '../../nodes/shared/form/operation';
import { properties } from '../../nodes/shared/form/properties';
import { leads } from '../../nodes/SyncroChat/lookups';

const context = { zone: 'America/Sao_Paulo', formats: { dateTime: 'iso', time: 'HH:mm' } };

/** A builder with its arguments. */
type Builder = readonly [name: string, ...given: unknown[]];

const common: Builder[] = [
	['required'],
	['formerly', text('Former')],
	['open'],
	['describe', 'Words'],
	['hint', 'A hint'],
	['example', '7'],
	['default', '7'],
	['at', 'a.b'],
	['in', 'query'],
	['clearable'],
	['local'],
	['ordered'],
];
const bounds: Builder[] = [['min', 2], ['max', 5], ['blank'], ['default', 4]];

const kinds: Array<[string, Field, Builder[]]> = [
	['text', text('T'), [['max', 3], ['secret'], ['rows', 3]]],
	['whole numbers', integer('I'), [...bounds, ['asText']]],
	['whole numbers below zero', integer('I'), [['min', -9], ['max', -2], ['blank'], ['asText']]],
	['decimals', decimal('D'), bounds],
	['JSON', json('J'), [['flat']]],
	['lists', list('L', integer('I').max(5)), [['of', 'id']]],
	['email addresses', email('E'), []],
	['UUIDs', uuid('U'), []],
	['phone numbers', phone('P'), []],
	['days', date('D'), []],
	['moments', dateTime('D'), []],
	['toggles', toggle('T'), []],
	['choices', choice('C', choices({ a: 'A', b: 'B' })), []],
	['records', pick('P', leads), []],
];

const values = [
	undefined,
	'',
	0,
	1,
	2,
	'3',
	5,
	6,
	-1,
	-2,
	-9,
	-10,
	2.5,
	'4.75',
	1e300,
	'abc',
	'abcd',
	true,
	'false',
	[],
	[3, 9],
	{},
	{ a: 1 },
	{ a: { b: 1 } },
];
const more = [
	'a@example.com',
	'+5511999999999',
	'2026-07-01',
	'0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c',
	{ __rl: true, mode: 'id', value: 7 },
];

const built = (field: Field, builders: readonly Builder[]): Field =>
	builders.reduce(
		(made, [name, ...given]) => (made as unknown as Record<string, (...all: unknown[]) => Field>)[name](...given),
		field,
	);

/** Everything that a field is: what its spec says, and what its check makes of values. */
function whole(field: Field): { data: Omit<FieldSpec, 'schema'>; accepted: unknown[] } {
	const { schema, ...data } = field.spec;
	const check = optionalUnlessRequired(field, context);
	const accepted = [...values, ...more].map((value) => {
		const { success, data: sent } = check.safeParse(value) as { success: boolean; data?: unknown };
		return success ? { sent } : 'refused';
	});
	return { data, accepted };
}

/** Some builders, and the same ones in another order. */
const orders = (builders: Builder[]) =>
	fc
		.subarray(builders)
		.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })));

test.each(kinds)('the builders of %s mean the same in every order', (_kind, field, own) => {
	const alone = own.some(([name]) => name === 'default') ? common.filter(([name]) => name !== 'default') : common;

	fc.assert(
		fc.property(orders([...own, ...alone]), ([some, other]) => {
			expect(whole(built(field, other))).toStrictEqual(whole(built(field, some)));
		}),
	);
});

test('a field is what its builders say, whichever was told last', () => {
	const limited = integer('I').max(5).min(1);
	const hidden = text('T').rows(3).max(3).secret();

	expect(limited.spec).toMatchObject({
		wire: { type: 'integer', minimum: 1, maximum: 5 },
		expects: 'a whole number from 1 to 5',
	});
	expect(limited.spec.ui).toStrictEqual({
		type: 'number',
		default: 1,
		typeOptions: { numberPrecision: 0, minValue: 1, maxValue: 5 },
	});
	expect(hidden.spec).toMatchObject({ secret: true, wire: { maxLength: 3 }, expects: 'text of at most 3 characters' });
	expect(hidden.spec.ui).toStrictEqual({ type: 'string', default: '', typeOptions: { password: true, rows: 3 } });
});

test.each<[string, Field, FieldSpec['ui']['default']]>([
	['as what the user is told, not as its smallest', integer('I').default(30).min(0), 30],
	['as nothing when it can be left blank', integer('I').blank().min(1), ''],
	['as text in an element of text', integer('I').default(30).blank(), '30'],
	['within its bounds', decimal('D').min(1.5), 1.5],
	['within its bounds below zero', integer('I').max(-2), -2],
	['as zero, if that is allowed', integer('I').min(-5), 0],
])('a number starts %s', (_how, { spec }, start) => {
	expect(spec.ui.default).toBe(start);
});

test('a number sent as text keeps its bounds, whichever was told first', () => {
	for (const field of [integer('I').asText().min(1).max(5), integer('I').min(1).max(5).asText()]) {
		expect(field.spec).toMatchObject({ wire: { type: 'string' }, expects: 'a whole number from 1 to 5' });
		expect([0, 1, 6].map((value) => field.spec.schema(context).safeParse(value).data as unknown)).toEqual([
			undefined,
			'1',
			undefined,
		]);
	}
});

test('form elements that differ in the order of their builders alone are one', () => {
	const operation = (note: Field): Operation => ({
		name: 'Get',
		action: 'Get task',
		description: 'Get a task',
		request: 'GET /tasks',
		effect: 'reads',
		page: 'https://x.example',
		contract: 'getTask',
		fields: { note },
	});
	const operations = {
		get: operation(text('Note').open().hint('h').describe('d')),
		find: operation(text('Note').open().describe('d').hint('h')),
	};

	const notes = properties({ task: { name: 'Task', operations } }).filter(({ name }) => name === 'note');

	expect(notes.map(({ displayOptions }) => displayOptions?.show?.operation)).toEqual([['get', 'find']]);
});
