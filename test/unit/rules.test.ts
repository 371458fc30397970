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

test('a day has no zone in the words', () => {
	expect(inOrder(['from', 'From'], ['until', 'Until'])({ from: '2', until: '1' })).toBe("'Until' (1) is before 'From' (2)");
});

test.each([
	[{}, "'Email' and 'Phone' are both empty, and one of them has to say which lead is meant"],
	[{ email: 'a@example.com' }, undefined],
	[{ phone: '+55' }, undefined],
])('of %j, one says who is meant: %p', (input, words) => {
	expect(emailOrPhone('lead')({ email: undefined, phone: undefined, ...input })).toBe(words);
});

test.each([
	['2026-01-01', '2026-04-11', undefined],
	['2026-01-01', '2026-04-12', "'Until' (2026-04-12) is 101 days after 'From' (2026-01-01), and at most 100 are allowed"],
	['2026-01-01', undefined, undefined],
])('from %s until %s, with at most 100 days allowed, is: %p', (from, until, words) => {
	expect(withinDays(100, ['from', 'From'], ['until', 'Until'])({ from, until })).toBe(words);
});
