import { membersOf } from '../../nodes/shared/check';

test.each(['fast', 5, true, [1]])('%j in place of a collection is refused by its label', (given) => {
	expect(() => membersOf('Options', given, 3)).toThrow(`'Options' takes fields that are added one by one, and got ${JSON.stringify(given)} [item 3]`);
});

test('a collection that is not there has no members', () => {
	expect([membersOf('Options', undefined), membersOf('Options', null)]).toEqual([{}, {}]);
});
