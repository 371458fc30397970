import { IdempotencyKeys } from '../../nodes/shared/run/idempotencyKey';
import { stubContext } from '../bench/stub';

const stub = stubContext({
	items: [],
	parameters: { resource: 'task', operation: 'create' },
	credentials: {},
	transport: async () => await Promise.reject(new Error()),
});
const context = Object.assign(stub, {
	getExecutionId: () => '7',
	getContext: () => ({}),
	getWorkflowDataProxy: () => ({ $runIndex: 0 }),
});
const same = [{ json: { a: 1 } }, { json: { a: 1 } }];
const claimsOf = (accountOf?: (item: number) => string | undefined) =>
	new IdempotencyKeys(context as never, same, accountOf);

test('items that hold the same are told apart by the account whose records they are about', () => {
	const keysBy = (accounts: string[]) => {
		const claims = claimsOf((item) => accounts[item]);
		return [0, 1].map((item) => claims.byExecution(item).names[0].key);
	};

	const [ofA, ofB] = keysBy(['a', 'b']);

	expect(ofA).not.toBe(ofB);
	expect(keysBy(['b', 'a'])).toEqual([ofB, ofA]);
});

test('a text of Once Per stands for another item in another account', () => {
	const claims = claimsOf((item) => ['a', 'b'][item]);

	expect(claims.byText(0, 'order 1').names).not.toEqual(claims.byText(1, 'order 1').names);
});

test('without accounts an item is named as it was before there were any', () => {
	expect(claimsOf().byText(0, 'order 1').names).toEqual([{ key: '["once","task","create","order 1"]' }]);
	const run = '["7",0,"task","create"]';
	expect(claimsOf().byExecution(1).names).toEqual([
		{ key: `${run} AVq9f1zFei3ZS3WQ8ErYCEJzkF7jPsXOvq5iJ2qX+GI= 2`, position: `${run} 1` },
	]);
});
