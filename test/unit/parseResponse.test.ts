import { idInPath, listAt } from '../../nodes/shared/base/parseResponse';

const ADVICE =
	'Check that the address in the credential is the address of the API. If it is, the API may have changed or may be failing. Try again later.';
const refused = (message: string) =>
	expect.objectContaining({ failure: { message, description: ADVICE, ownCode: 'UNREADABLE_RESPONSE' } });

test('the records of a list are in the response, or at a path of it', () => {
	expect([listAt([{ id: 1 }]), listAt([]), listAt({ a: { b: [{ id: 2 }] } }, 'a.b')]).toEqual([
		[{ id: 1 }],
		[],
		[{ id: 2 }],
	]);
});

test.each<[unknown, string | undefined, string]>([
	[{ id: 1 }, undefined, 'The response contains no list, but {"id":1}'],
	['text', 'data', 'The response contains no list under \'data\', but "text"'],
	[{ data: null }, 'data', "The response contains no list under 'data', but null"],
	[undefined, undefined, 'The response contains no list, but undefined'],
	[[5], undefined, 'Record 1 of the list is not an object, but 5'],
	[{ data: [{ id: 1 }, null] }, 'data', "Record 2 of the list under 'data' is not an object, but null"],
])('a response of %j without a list at %p is refused', (answer, path, message) => {
	expect(() => listAt(answer, path)).toThrow(refused(message));
});

test.each([
	[1, '1'],
	[45, '45'],
	['a-B_9', 'a-B_9'],
])('the ID %j is valid in a path', (id, part) => {
	expect(idInPath(id, 'a deal')).toBe(part);
});

test.each([[0], [-1], [1.5], [2 ** 53], [''], ['../x'], ['a/b'], ['a b'], ['é'], [null], [true], [[1]], [['a']], [{}]])(
	'the ID %j is invalid in a path',
	(id) => {
		expect(() => idInPath(id, 'a deal')).toThrow(
			refused(`The response contains no usable ID of a deal, but ${JSON.stringify(id)}`),
		);
	},
);
