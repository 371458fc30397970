import { readRoot } from '../../credentials/address';
import { readAccountId, trimmedKey } from '../../credentials/reading';
import { toText } from '../../nodes/shared/base/json';
import { formatValue } from '../../nodes/shared/base/formatValue';
import { checkFor } from '../../nodes/shared/fields/check';
import { oneOf, type Field } from '../../nodes/shared/fields';
import { controlFields, optionFields } from '../../nodes/shared/form/controls';
import { placedFields } from '../../nodes/shared/form/operation';
import { listOf } from '../../nodes/shared/trigger/settings';
import { WORDS_OF_THE_LANGUAGE } from '../support/hostile';
import { runImagined } from '../support/imagined';
import { operations, vendors } from '../support/vendors';

const circular: Record<string, unknown> = {};
circular.inside = circular;

/** Values that the language makes no text of, or none of use. */
const wordless: unknown[] = [
	{ toString: null },
	{ toString: 1, valueOf: 2 },
	Object.create(null),
	Symbol('x'),
	10n,
	{ big: 10n },
	circular,
	() => 1,
	Object.assign(() => 1, { toString: null }),
	{ toJSON: () => undefined, toString: null },
];

/** The places inside of a value in which such a one may stand. */
const around = (value: unknown): unknown[] => [
	value,
	[value],
	{ values: [{ name: value, value }] },
	{ __rl: true, mode: 'id', value },
	{ __rl: true, mode: value, value: 'x' },
	...['number', 'boolean', 'dateTime', 'array', 'options', 'string'].map((type) => ({
		mappingMode: 'defineBelow',
		value: { 1: value },
		schema: [{ id: '1', type }],
	})),
	{ mappingMode: 'defineBelow', value: { 1: [value] }, schema: [{ id: '1', joinedBy: ';' }] },
];

test.each<[unknown, string]>([
	[{ toString: null }, '{"toString":null}'],
	[Object.create(null), '{}'],
	[Symbol('x'), 'Symbol(x)'],
	[10n, '10'],
	[{ big: 10n }, '{"big":"10"}'],
	[circular, 'an object that JSON cannot represent'],
	[Object.assign(() => 1, { toString: null }), 'function'],
	[{ toJSON: () => undefined }, 'object'],
])('a value without a text form has a text: %#', (value, words) => {
	expect(toText(value)).toBe(words);
	expect(formatValue(value)).toBe(typeof value === 'symbol' ? 'symbol' : typeof value === 'bigint' ? '"10"' : words);
});

const context = { zone: 'UTC', formats: { dateTime: 'iso', time: 'HH:mm' } };
const everyField = [
	...operations.flatMap(({ operation }) => placedFields(operation.fields).map(({ field }) => field)),
	...vendors.flatMap(({ vendor }) => Object.values(optionFields(vendor)) as Field[]),
	...(Object.values(controlFields) as Field[]),
];
/** One field for all that take the same, and look the same. */
const everyKind = [
	...new Map(everyField.map((field) => [`${field.spec.ui.type} ${field.spec.expects}`, field])).values(),
];

test('no field kind accepts such a value, and each refuses it with its own message', () => {
	const heard = new Set<string>();
	for (const field of everyKind) {
		const keyed = { key: 'field', field };
		const check = checkFor([keyed], context);
		for (const value of wordless.flatMap(around)) {
			try {
				heard.add(toText(check([[keyed, value]], 0).field));
			} catch (error) {
				heard.add((error as Error).message.replace(/^'.+' .* \[item 0\]$/s, 'refused'));
			}
		}
	}
	expect(
		[...heard].filter((words) => WORDS_OF_THE_LANGUAGE.test(words) || /Cannot|BigInt|circular/.test(words)),
	).toEqual([]);
	expect(heard).toContain('refused');
});

describe.each(wordless.map((value) => ({ value })))('such a value: %#', ({ value }) => {
	const way = oneOf('Way', { a: { name: 'A', fields: {} }, b: { name: 'B', fields: {} } });

	test('is refused as a choice that controls other fields, also in a list', async () => {
		for (const given of [value, [value], ['a']]) {
			const { error, requests } = await runImagined({ fields: { way } }, { items: [{ way: given }] });

			expect([error?.message, requests]).toEqual([
				expect.stringMatching(/^'Way' (must be one of a, b, but is .+|is required but empty) \[item 0\]$/),
				[],
			]);
		}
	});

	test('is not an operation', async () => {
		for (const given of [{ resource: value }, { operation: value }]) {
			const { error } = await runImagined({}, { items: [given] });

			expect(error?.message).toMatch(/^This version of the node has no operation '.+' for '.+'$/);
		}
	});

	test('ends in a message in a credential, in a list of a trigger, and as an error', async () => {
		expect([typeof trimmedKey(value), readAccountId(value), readRoot(value, '/api'), listOf([value])]).toEqual([
			'string',
			expect.anything(),
			expect.anything(),
			[expect.any(String)],
		]);
		const limited = await runImagined(
			{},
			{ credentials: { requestsPerWindow: value as never, windowSeconds: value as never } },
		);
		expect(limited.error).toBeUndefined();
		const thrown = await runImagined({}, { answer: () => Promise.reject(value as Error) });
		expect(thrown.error?.message).toMatch(/^The request to Imagined CRM failed: /);
	});
});

test.each(['constructor', 'toString', '__proto__'])(
	'%s, which every object inherits, is neither an operation nor a choice',
	async (name) => {
		const none = await Promise.all(
			[{ resource: name }, { operation: name }].map(async (given) => await runImagined({}, { items: [given] })),
		);

		expect(none.map(({ error }) => error?.message)).toEqual([
			`This version of the node has no operation 'do' for '${name}'`,
			`This version of the node has no operation '${name}' for 'thing'`,
		]);
	},
);
