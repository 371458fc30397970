import { claimReader, namedClaim } from '../../nodes/shared/run/claim';
import { itemsOf, stubContext } from '../bench/stub';

const context = stubContext({
	items: [],
	parameters: { resource: 'task', operation: 'create' },
	credentials: {},
	transport: async () => await Promise.reject(new Error()),
});
const same = [{ json: { a: 1 } }, { json: { a: 1 } }];

test('items that hold the same are told apart by the account whose records they are about', () => {
	const keysBy = (accounts: string[]) => {
		const claimOf = claimReader(context, same, (item) => accounts[item]);
		return [0, 1].map((item) => claimOf(item).names[0].key);
	};

	const [ofA, ofB] = keysBy(['a', 'b']);

	expect(keysBy(['b', 'a'])).toEqual([ofB, ofA]);
});

test('without accounts an item is named as ever', () => {
	const named = (accountOf?: () => undefined) => itemsOf(2).map((_item, index) => claimReader(context, itemsOf(2), accountOf)(index).names);

	expect(named(() => undefined)).toEqual(named());
	expect(namedClaim(context, 'order 1').names).toEqual([{ key: '["once","task","create","order 1"]' }]);
	expect(namedClaim(context, 'order 1', 'a').names).not.toEqual(namedClaim(context, 'order 1', 'b').names);
});
