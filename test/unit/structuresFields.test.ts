import {
	alone,
	integer,
	list,
	numberedMapper,
	mapper,
	pick,
	rows,
	optionalUnlessRequired,
	text,
	toggle,
	uuid,
} from '../../nodes/shared/fields';
import { checkFor } from '../../nodes/shared/fields/check';
import { leads } from '../../nodes/SyncroChat/lookups';
import { taken } from '../support/fieldChecks';
import { imaginedFields } from '../support/imagined';

const context = { zone: 'UTC', formats: { dateTime: 'iso', time: 'HH:mm' } };

test('a list of objects is sent as one, and as nothing when there is none', () => {
	const field = list('L', text('T')).of('id');

	expect(field.spec.wire).toEqual({ type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } });
	expect([' , ', null, 'a'].map((value) => field.spec.schema(context).safeParse(value).data as unknown)).toEqual([
		undefined,
		undefined,
		[{ id: 'a' }],
	]);
});

test('a list is sent as a list of its elements', () => {
	expect(list('L', text('T')).spec.wire).toEqual({ type: 'array', items: { type: 'string' } });
});

test('a value that the API wants as the one of a list keeps its check and its form element', () => {
	const { spec } = alone(uuid('ID').required());
	const id = '0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c';

	expect([spec.label, spec.required, spec.ui.type, spec.wire]).toEqual([
		'ID',
		true,
		'string',
		{ type: 'array', items: { type: 'string', format: 'uuid' } },
	]);
	expect([id, 'x', undefined].map((value) => spec.schema(context).safeParse(value).data as unknown)).toEqual([
		[id],
		undefined,
		undefined,
	]);
});

test.each([null, 'x', 7, { values: null }])('%j is no row', (value) => {
	expect(
		rows('R', { a: text('A') }, 'Add')
			.spec.schema(context)
			.safeParse(value).success,
	).toBe(false);
});

test('a gap among numbered values is named by its number where the form tells no fields', () => {
	const { error } = numberedMapper('V', imaginedFields)
		.spec.schema(context)
		.safeParse({ mappingMode: 'x', value: { 2: 'b' } });

	expect(error?.issues.map(({ path }) => path[0])).toEqual(['1']);
});

test('quotes around a part of a value are kept', () => {
	const schema = [{ id: 'tags', displayName: 'Tags', type: 'array' }];

	expect(
		mapper('M', imaginedFields)
			.spec.schema(context)
			.safeParse({ mappingMode: 'x', value: { tags: '"a" b' }, schema }).data,
	).toEqual({ tags: ['"a" b'] });
});

describe('a problem inside rows', () => {
	const buttons = rows('Buttons', { title: text('Title').required().max(5), link: toggle('Link') }, 'Add Button');
	const sections = rows('Sections', { name: text('Name'), tags: list('Tags', integer('Tag')), buttons }, 'Add Section');
	const check = checkFor([{ key: 'sections', field: sections }], context);
	const messageOf = (...given: object[]) => {
		try {
			check([[{ key: 'sections', field: sections }, { values: given }]], 3);
			return undefined;
		} catch (error) {
			return (error as Error).message;
		}
	};
	const fine = { name: 'a', buttons: { values: [{ title: 'one' }] } };

	test.each<[string, object, string]>([
		['in a row', { name: { a: 1 } }, `(row 2, 'Name') must be text, but is {"a":1}`],
		['in a list of a row', { tags: [1, 'x'] }, `(row 2, 'Tags', row 2) must be`],
		[
			'in a row of a row',
			{ buttons: { values: [{ title: 'one' }, { title: 'too long' }] } },
			`(row 2, 'Buttons', row 2, 'Title') must be text of at most 5 characters, but is "too long"`,
		],
		[
			'in an empty field of a row of a row',
			{ buttons: { values: [{ title: '' }] } },
			`(row 2, 'Buttons', row 1, 'Title') is required but empty`,
		],
		[
			'in a switch of a row of a row',
			{ buttons: { values: [{ title: 'one', link: null }] } },
			`(row 2, 'Buttons', row 1, 'Link') must be true or false, but is empty`,
		],
	])('%s is named by all row numbers and labels', (_name, row, words) => {
		expect(messageOf(fine, row)).toContain(`'Sections' ${words}`);
	});

	test('is absent where all rows fit', () => {
		expect(messageOf(fine, fine)).toBeUndefined();
	});
});

describe('a switch in a row', () => {
	const field = rows('Lines', { name: text('Name'), pinned: toggle('Pinned') }, 'Add Line');
	const complaintOf = (row: object) =>
		(
			optionalUnlessRequired(field, context).safeParse({ values: [row] }).error?.issues[0] as
				| { params?: unknown }
				| undefined
		)?.params;

	test.each([null, '', undefined])('is refused where an expression makes it %j', (pinned) => {
		expect(complaintOf({ name: 'a', pinned })).toEqual({
			problem: 'must be true or false, but is empty',
			label: 'Pinned',
		});
	});

	test('takes 1 and 0, and may be absent', () => {
		expect(taken(field, { values: [{ name: 'a', pinned: 1 }, { name: 'b', pinned: '0' }, { name: 'c' }] })).toEqual([
			{ name: 'a', pinned: true },
			{ name: 'b', pinned: false },
			{ name: 'c' },
		]);
	});
});

test.each([{ mode: 'list', value: '' }, { __rl: true, mode: 'list', value: '' }, { mode: 'list' }])(
	'an optional locator of a row that was left empty as %j is not given',
	(user) => {
		expect(
			taken(rows('Lines', { name: text('Name'), user: pick('User', leads) }, 'Add Line'), {
				values: [{ name: 'a', user }],
			}),
		).toEqual([{ name: 'a' }]);
	},
);
