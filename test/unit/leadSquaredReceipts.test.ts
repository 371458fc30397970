import fc from 'fast-check';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import { postReceipts, updateReceipts } from '../../nodes/LeadSquared/receipts';

const requests = (count: number) => Array.from({ length: count }, () => ({ body: {} }) as ApiRequest);
const created = (RowNumber: unknown, ProspectActivityId: unknown = `id ${String(RowNumber)}`) => ({
	RowNumber,
	ActivityCreated: true,
	ProspectActivityId,
});
const refused = (RowNumber: unknown, ExceptionMessage: unknown = 'No such lead') => ({
	RowNumber,
	ActivityCreated: false,
	ExceptionMessage,
});

describe('receipts of activities that were created in bulk', () => {
	test.each([
		['in Response', { Response: [created(1), refused(2), created(3)] }],
		['in a bare list', [created(1), refused(2), created(3)]],
		['in another order', [created(3), created(1), refused(2)]],
		['with numbers as text', [created('1'), refused('2'), created('3')]],
	])('are read %s by their row number', (_name, response) => {
		expect(postReceipts(response, requests(3))).toEqual([
			{ record: { Id: 'id 1' } },
			{ refused: 'No such lead' },
			{ record: { Id: 'id 3' } },
		]);
	});

	test('row numbers as text of two digits are read', () => {
		const rows = Array.from({ length: 12 }, (_, index) => created(String(index + 1)));

		expect(postReceipts({ Response: rows }, requests(12))).toEqual(
			rows.map(({ ProspectActivityId }) => ({ record: { Id: ProspectActivityId } })),
		);
	});

	test.each([
		['a missing row', [created(1), created(3)]],
		['a duplicate row', [created(1), created(2), created(2), created(3)]],
		['two rows that contradict each other', [created(1), created(2), refused(2), created(3)]],
		['rows that are not records', [created(1), null, 'row 2', 2, [], created(3)]],
		['a row without a result', [created(1), { RowNumber: 2, ProspectActivityId: 'id 2' }, created(3)]],
		[
			'a row whose result has the wrong type',
			[created(1), { RowNumber: 2, ActivityCreated: 'true', ProspectActivityId: 'id 2' }, created(3)],
		],
		[
			'a row with a success and an error message',
			[created(1), { ...created(2), ExceptionMessage: 'No such lead' }, created(3)],
		],
	])('%s leaves only its own item without a result', (_name, rows) => {
		expect(postReceipts({ Response: rows }, requests(3))).toEqual([
			{ record: { Id: 'id 1' } },
			undefined,
			{ record: { Id: 'id 3' } },
		]);
	});

	test.each([0, 4, -2, null, undefined, 'second', '2 ', 1.5, [2]])(
		'a row with the number %j leaves all items without a result, because the other numbers may be unreliable',
		(number) => {
			expect(postReceipts({ Response: [created(1), created(number), created(3)] }, requests(3))).toEqual([
				undefined,
				undefined,
				undefined,
			]);
		},
	);

	test('an activity without an ID in the response is still a success', () => {
		expect(postReceipts([created(1, null), created(2, ''), created(3, 7)], requests(3))).toEqual(
			Array(3).fill({ record: { success: true } }),
		);
	});

	test('a refusal without a message shows its row, and the exception type becomes the code', () => {
		const rows = [refused(1, null), { ...refused(2), ExceptionType: 'MXInvalidEntityException' }];

		expect(postReceipts(rows, requests(2))).toEqual([
			{ refused: '{"RowNumber":1,"ActivityCreated":false,"ExceptionMessage":null}' },
			{ refused: 'No such lead', code: 'MXInvalidEntityException' },
		]);
	});

	test.each([3, '3'])('a count of %j that matches the items confirms all of them', (Count) => {
		expect(postReceipts({ Status: 'Success', Message: { Count } }, requests(3))).toEqual(
			Array(3).fill({ record: { success: true } }),
		);
	});

	test.each([
		['a smaller count', { Status: 'Success', Message: { Count: 2 } }],
		['a larger count', { Status: 'Success', Message: { Count: 4 } }],
		['no count', { Status: 'Success' }],
		['a count without success', { Message: { Count: 3 } }],
		['no response', undefined],
		['text', 'OK'],
		['an empty list', []],
		['rows that are not a list', { Response: { RowNumber: 1 } }],
		['numbers that are not whole numbers', [created(1), refused('0x2'), created(' 3')]],
	])('%s confirms no item', (_name, response) => {
		expect(postReceipts(response, requests(3))).toEqual([undefined, undefined, undefined]);
	});

	test('for any response, each item has one result, which comes only from a row with its number', () => {
		const row = fc.record({
			RowNumber: fc.oneof(fc.integer({ min: -1, max: 6 }), fc.string(), fc.constant(null)),
			ActivityCreated: fc.anything(),
		});
		fc.assert(
			fc.property(
				fc.array(fc.oneof(row, fc.anything()), { maxLength: 8 }),
				fc.integer({ min: 1, max: 5 }),
				(rows, count) => {
					const results = postReceipts({ Response: rows }, requests(count));
					const numbers = rows.map((one) => String((one as { RowNumber?: unknown } | null)?.RowNumber));
					return (
						results.length === count &&
						results.every(
							(result, index) => !result || numbers.filter((name) => name === String(index + 1)).length >= 1,
						)
					);
				},
			),
		);
	});
});

describe('receipts of activities that were updated in bulk', () => {
	test('a success without results means that the items are accepted', () => {
		expect(updateReceipts({ Status: 'Success' }, requests(2))).toEqual([{ accepted: {} }, { accepted: {} }]);
	});

	test('rows are read if the response has them', () => {
		const Response = [
			{ RowNumber: 1, ActivityUpdated: true, ProspectActivityId: 'a' },
			{ RowNumber: 2, ActivityUpdated: false, ExceptionMessage: 'No' },
		];

		expect(updateReceipts({ Status: 'Success', Response }, requests(3))).toEqual([
			{ record: { Id: 'a' } },
			{ refused: 'No' },
			undefined,
		]);
	});

	test('a count that is too small or a response without success confirms no item', () => {
		expect(updateReceipts({ Status: 'Success', Message: { Count: 1 } }, requests(2))).toEqual([undefined, undefined]);
		expect(updateReceipts({}, requests(2))).toEqual([undefined, undefined]);
	});
});
