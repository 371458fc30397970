import { callTo } from './caller';
import { startVendor, type RunningVendor } from './server';
import { woofedCrmSandbox } from '../vendors/woofedCrm/sandbox';

let woofedCrm: RunningVendor;

beforeEach(async () => {
	woofedCrm = await startVendor(woofedCrmSandbox());
});
afterEach(async () => await woofedCrm.close());

const post = async (route: string, body: unknown) => {
	const answer = await callTo({ woofedCrm }, 'woofedCrm', 'POST', `/api/v1/accounts/1${route}`, body);
	return { status: answer.status, body: answer.body as Record<string, unknown> };
};
const idOf = async (contact: object) => (await post('/contacts', contact)).body.id;
const upsert = async (contact: object) => await post('/contacts/upsert', contact);
const listed = async (kind: 'contacts' | 'products', query: object) => {
	const { data } = (await post(`/${kind}/search`, { query })).body as { data: Array<{ id: number }> };
	return data.map(({ id }) => id);
};

describe("the upsert of contacts takes a part of another one's value, as the vendor's does", () => {
	test.each([
		['a 9 after the fourth digit', '+14155550123', '+141595550123'],
		['without the fifth digit', '+14155550123', '+1415550123'],
		['without the fifth digit, as the beginning of a longer number', '+56912345678', '+56913456780'],
		['a part in the middle', '912345678', '+56912345678'],
	])('%s: %s hits %s', async (_name, given, stored) => {
		const id = await idOf({ full_name: 'Carla', phone: stored });

		const { status, body } = await upsert({ full_name: 'Diego', phone: given });

		expect({ status, ...body }).toMatchObject({ status: 200, id, full_name: 'Diego', phone: given });
	});

	test.each([
		['12 digits keep their fifth', '+551133334444', '+55113334444'],
		['13 digits take no other 9', '+5511933334444', '+55119933334444'],
	])('%s', async (_name, given, stored) => {
		await idOf({ phone: stored });

		expect((await upsert({ phone: given })).status).toBe(201);
	});

	test('the contact with the lowest ID is taken, whichever value it is found by', async () => {
		const byPhone = await idOf({ phone: '+351912000001' });
		await idOf({ email: 'rita@first.example' });

		expect((await upsert({ email: 'rita@first.example', phone: '+351912000001' })).body.id).toBe(byPhone);
	});

	test('an apostrophe breaks the search, and nothing is changed', async () => {
		const id = await idOf({ full_name: 'Sean', email: "o'brien@quote.example" });

		const { status } = await upsert({ full_name: 'Other', email: "o'brien@quote.example" });

		const { body } = await post('/contacts/search', { query: { id_eq: id } });
		expect({ status, body }).toMatchObject({ status: 500, body: { data: [{ full_name: 'Sean' }] } });
	});
});

describe('a search is in the order of the database, unless it is sorted by what is searchable', () => {
	beforeEach(
		async () =>
			void (await callTo({ woofedCrm }, 'woofedCrm', 'PUT', '/api/v1/accounts/1/products/1', {
				description: 'changed',
			})),
	);

	test.each<[string, unknown, number[]]>([
		['no order', undefined, [2, 3, 1]],
		['products know no id', 'id asc', [2, 3, 1]],
		['a time of creation has ties', 'created_at asc', [2, 3, 1]],
		['a list of columns', ['created_at asc', 'identifier asc', 'name asc'], [3, 1, 2]],
		['another direction', 'identifier desc', [2, 1, 3]],
	])('%s', async (_name, s, order) => {
		expect(await listed('products', { s })).toEqual(order);
	});

	test('contacts are sorted by ID', async () => {
		await upsert({ email: 'mariana@example.com', full_name: 'Mariana' });

		expect((await listed('contacts', { s: 'id asc' })).slice(0, 2)).toEqual([1, 2]);
		expect((await listed('contacts', {})).slice(0, 2)).toEqual([2, 3]);
	});
});
