import { emailOrPhone, inOrder, withinDays } from '../../nodes/shared/form/rules';

const rule = inOrder(['from', 'From'], ['until', 'Until'], ' UTC');

test.each([
	[{ from: '2026-07-02', until: '2026-07-01' }, "'Until' (2026-07-01 UTC) is before 'From' (2026-07-02 UTC)"],
	[{ from: '2026-07-01', until: '2026-07-01' }, undefined],
	[{ from: '2026-07-01', until: '2026-07-02' }, undefined],
	[{ until: '2026-07-01' }, undefined],
	[{ from: '2026-07-01' }, undefined],
	[{}, undefined],
])('of %j, the end must not come before the beginning: %p', (input, words) => {
	expect(rule({ from: undefined, until: undefined, ...input })).toBe(words);
});

test.each([
	[
		'2026-07-02 12:00:00',
		'2026-07-02 11:59:59',
		' UTC',
		'2026-07-02 08:59:59 America/Sao_Paulo',
		'2026-07-02 09:00:00 America/Sao_Paulo',
	],
	[
		'2026-07-02T02:00:00Z',
		'2026-07-01T12:00:00Z',
		'',
		'2026-07-01 09:00:00 America/Sao_Paulo',
		'2026-07-01 23:00:00 America/Sao_Paulo',
	],
	['2026-07-02', '2026-07-01', '', '2026-07-01', '2026-07-02'],
])(
	'a beginning at %s and an end at %s are shown in the zone of the workflow, in which they were given',
	(from, until, writtenIn, end, beginning) => {
		const words = inOrder(['from', 'From'], ['until', 'Until'], writtenIn)({ from, until }, 'America/Sao_Paulo');

		expect(words).toBe(`'Until' (${end}) is before 'From' (${beginning})`);
	},
);

test('a day has no zone in the words', () => {
	expect(inOrder(['from', 'From'], ['until', 'Until'])({ from: '2', until: '1' })).toBe(
		"'Until' (1) is before 'From' (2)",
	);
});

test.each([
	[{}, "'Email' and 'Phone' are both empty. Enter at least one of them to identify the lead"],
	[{ email: 'a@example.com' }, undefined],
	[{ phone: '+55' }, undefined],
])('of %j, one says who is meant: %p', (input, words) => {
	expect(emailOrPhone('lead')({ email: undefined, phone: undefined, ...input })).toBe(words);
});

test.each([
	['2026-01-01', '2026-04-11', undefined],
	[
		'2026-01-01',
		'2026-04-12',
		"'Until' (2026-04-12) is 101 days after 'From' (2026-01-01), but must be at most 100 days after it",
	],
	['2026-01-01', undefined, undefined],
])('from %s until %s, with at most 100 days allowed, is: %p', (from, until, words) => {
	expect(withinDays(100, ['from', 'From'], ['until', 'Until'])({ from, until })).toBe(words);
});
