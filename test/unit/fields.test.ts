import { formatValue } from '../../nodes/shared/base/formatValue';
import {
	choice,
	choices,
	date,
	dateTime,
	decimal,
	email,
	integer,
	isBlank,
	json,
	list,
	mapper,
	optionalUnlessRequired,
	pick,
	text,
	time,
	toggle,
	uuid,
	type Field,
} from '../../nodes/shared/fields';
import { placedFields } from '../../nodes/shared/form/operation';
import { leads } from '../../nodes/SyncroChat/lookups';
import { operations } from '../support/vendors';
import { imaginedFields } from '../support/imagined';

const saoPaulo = { zone: 'America/Sao_Paulo', formats: { dateTime: 'iso', time: 'HH:mm' } };
const kolkata = { zone: 'Asia/Kolkata', formats: { dateTime: 'yyyy-MM-dd HH:mm:ss', time: 'HH:mm:ss' } };
const check = (field: Field, value: unknown, context = saoPaulo) =>
	optionalUnlessRequired(field, context).safeParse(value);

const kinds = choices({ call: 'Call', email: 'Email' });
const levels = [0, 1, 2].map((value) => ({ value, name: String(value) }));
const id = '0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c';

test.each<[string, Field, unknown, unknown]>([
	['text from a number', text('T'), 12, '12'],
	['text as it is, line breaks included', text('T'), ' a\nb ', ' a\nb '],
	['a whole number from text', integer('I'), ' 12 ', 12],
	['a number with a point from text', decimal('N'), ' -12.50 ', -12.5],
	['a choice without regard to case', choice('C', kinds), 'EMAIL', 'email'],
	['a numbered choice from text', choice('C', levels), '2', 2],
	['zero as a choice', choice('C', levels), 0, 0],
	['yes or no from text', toggle('T'), 'TRUE', true],
	['no from text', toggle('T'), 'false', false],
	['a UUID between blanks', uuid('U'), ` ${id} `, id],
	['an email address between blanks', email('E'), ' ana@example.com ', 'ana@example.com'],
	['a day from a moment, in the zone of the workflow', date('D'), '2026-07-01T01:00:00Z', '2026-06-30'],
	['a day from the date picker', date('D'), '2026-07-01T00:00:00', '2026-07-01'],
	['a time in the form of the vendor', time('T'), '9:05:30', '09:05'],
	['a JSON object from text', json('J'), '{"a": 1}', { a: 1 }],
	['a list from text with commas', list('L', integer('I')), '15, 60,', [15, 60]],
	['a list from a list', list('L', email('E')), ['a@example.com'], ['a@example.com']],
	['a list of objects', list('L', uuid('U')).of('mentioned_id'), id, [{ mentioned_id: id }]],
	['a record from the list of a drop-down', pick('P', leads), { __rl: true, mode: 'list', value: 12 }, 12],
	['a record by its id in an expression', pick('P', leads), '12', 12],
])('takes %s', (_name, field, given, expected) => {
	expect(check(field, given)).toEqual({ success: true, data: expected });
});

test.each<[string, Field, unknown]>([
	['text beyond the longest', text('T').max(3), 'abcd'],
	['an object as text', text('T'), { a: 1 }],
	['a fraction as a whole number', integer('I'), 1.5],
	['a number with a comma', decimal('N'), '1,234'],
	['words as a number', integer('I'), 'many'],
	['a number below the smallest', integer('I').min(1), 0],
	['a value beside the list', choice('C', kinds), 'fax'],
	['"yes" as a boolean', toggle('T'), 'yes'],
	['a short id', uuid('U'), '0b28ee57'],
	['a name as an email address', email('E'), 'Ana'],
	['a date that does not exist', date('D'), '2026-02-31'],
	['an hour that does not exist', time('T'), '25:00'],
	['a list as a JSON object', json('J'), '[1]'],
	['broken JSON', json('J'), '{"a":'],
	['a required list that came blank', list('L', text('T')).required(), ''],
	['a list with one bad member', list('L', integer('I').min(1)), '15, 0'],
])('refuses %s', (_name, field, given) => {
	expect(check(field, given).success).toBe(false);
});

test('a date and time is sent in UTC and in the form of the vendor', () => {
	const given = '2026-07-01T09:00:00';

	expect([check(dateTime('D'), given).data, check(dateTime('D'), given, kolkata).data]).toEqual([
		'2026-07-01T12:00:00Z',
		'2026-07-01 03:30:00',
	]);
});

test.each([undefined, null, '', '   ', [], {}, { __rl: true, mode: 'list', value: '' }])(
	'%p counts as not given',
	(value) => {
		expect(isBlank(value)).toBe(true);
		expect(check(text('T'), value)).toEqual({ success: true, data: undefined });
		expect(check(text('T').required(), value).success).toBe(false);
	},
);

test.each([0, false, 'x', ['x'], { a: 1 }, new Date()])('%p counts as given', (value) => {
	expect(isBlank(value)).toBe(false);
});

test('changing a field leaves the original as it was', () => {
	const original = text('T');

	original.max(3).required();

	expect(original.spec).toMatchObject({ label: 'T', wire: { type: 'string' } });
	expect(original.spec.required).toBeUndefined();
});

test('a long text is named by its length in a message', () => {
	expect(formatValue('x'.repeat(61))).toBe('a text of 61 characters');
});

/** Every field that is sent as a number. */
const numbers = operations.flatMap(({ title, operation }) =>
	placedFields(operation.fields)
		.filter(({ field: { spec } }) => ['integer', 'number'].includes(String(spec.wire.type)) && !spec.hidden)
		.map(({ key, field }) => ({ title, key, field })),
);

test.each(numbers)('$title takes no infinity as $key', ({ field }) => {
	for (const value of [Infinity, -Infinity, 'Infinity', NaN]) expect(check(field, value).success).toBe(false);
});

test.each<[string, Field, unknown]>([
	['text', text('T'), Infinity],
	['text in a list', list('L', text('T')), [-Infinity]],
	['a JSON object', json('J'), { a: [{ b: Infinity }] }],
	['a mapped text', mapper('M', imaginedFields), { mappingMode: 'defineBelow', value: { a: Infinity }, schema: [] }],
])('infinity is refused in %s, where it would be written out or sent as null', (_name, field, value) => {
	expect(check(field, value).success).toBe(false);
});

test('a JSON object may hold dates and finite numbers', () => {
	const value = { when: new Date(0), list: [1, -2.5, null] };

	expect(check(json('J'), value)).toEqual({ success: true, data: value });
});

test.each([
	[Infinity, 'Infinity'],
	[-Infinity, '-Infinity'],
	[NaN, 'NaN'],
	[1.5, '1.5'],
])('%p is shown as %s', (value, shown) => {
	expect(formatValue(value)).toBe(shown);
});
