import fc from 'fast-check';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import { postReceipts, updateReceipts } from '../../nodes/LeadSquared/receipts';

const calls = (count: number) => Array.from({ length: count }, () => ({ body: {} }) as ApiRequest);
const made = (RowNumber: unknown, ProspectActivityId: unknown = `id ${String(RowNumber)}`) => ({
	RowNumber,
	ActivityCreated: true,
	ProspectActivityId,
});
const refused = (RowNumber: unknown, ExceptionMessage: unknown = 'No such lead') => ({
	RowNumber,
	ActivityCreated: false,
	ExceptionMessage,
});

describe('receipts of activities that were posted together', () => {
	test.each([
		['inside Response', { Response: [made(1), refused(2), made(3)] }],
		['in a bare list', [made(1), refused(2), made(3)]],
		['in another order', [made(3), made(1), refused(2)]],
		['with numbers as text', [made('1'), refused('2'), made('3')]],
	])('are read %s by the number of their row', (_name, answer) => {
		expect(postReceipts(answer, calls(3))).toEqual([
			{ record: { Id: 'id 1' } },
			{ refused: 'No such lead' },
			{ record: { Id: 'id 3' } },
		]);
	});

	test('rows whose numbers are text of two digits are read, too', () => {
		const rows = Array.from({ length: 12 }, (_, index) => made(String(index + 1)));

		expect(postReceipts({ Response: rows }, calls(12))).toEqual(
			rows.map(({ ProspectActivityId }) => ({ record: { Id: ProspectActivityId } })),
		);
	});

	test.each([
		['a missing row', [made(1), made(3)]],
		['a doubled row', [made(1), made(2), made(2), made(3)]],
		['two rows that contradict each other', [made(1), made(2), refused(2), made(3)]],
		['a row that is no record', [made(1), null, 'row 2', 2, [], made(3)]],
		['a row that does not say what became of it', [made(1), { RowNumber: 2, ProspectActivityId: 'id 2' }, made(3)]],
		[
			'a row whose word for it is of another type',
			[made(1), { RowNumber: 2, ActivityCreated: 'true', ProspectActivityId: 'id 2' }, made(3)],
		],
		[
			'a row that says that it was made and why not',
			[made(1), { ...made(2), ExceptionMessage: 'No such lead' }, made(3)],
		],
	])('%s leaves its own item alone without a receipt', (_name, rows) => {
		expect(postReceipts({ Response: rows }, calls(3))).toEqual([
			{ record: { Id: 'id 1' } },
			undefined,
			{ record: { Id: 'id 3' } },
		]);
	});

	test.each([0, 4, -2, null, undefined, 'second', '2 ', 1.5, [2]])(
		'a row of number %j leaves no item with a receipt, because the others may be counted in another way',
		(number) => {
			expect(postReceipts({ Response: [made(1), made(number), made(3)] }, calls(3))).toEqual([
				undefined,
				undefined,
				undefined,
			]);
		},
	);

	test('an activity whose ID does not come is one all the same', () => {
		expect(postReceipts([made(1, null), made(2, ''), made(3, 7)], calls(3))).toEqual(
			Array(3).fill({ record: { success: true } }),
		);
	});

	test('a refusal without words tells its row, and one with a type has it as its code', () => {
		const rows = [refused(1, null), { ...refused(2), ExceptionType: 'MXInvalidEntityException' }];

		expect(postReceipts(rows, calls(2))).toEqual([
			{ refused: '{"RowNumber":1,"ActivityCreated":false,"ExceptionMessage":null}' },
			{ refused: 'No such lead', code: 'MXInvalidEntityException' },
		]);
	});

	test.each([3, '3'])('a count of %j, which is what was sent, stands for all of them', (Count) => {
		expect(postReceipts({ Status: 'Success', Message: { Count } }, calls(3))).toEqual(
			Array(3).fill({ record: { success: true } }),
		);
	});

	test.each([
		['a smaller count', { Status: 'Success', Message: { Count: 2 } }],
		['a larger count', { Status: 'Success', Message: { Count: 4 } }],
		['no count', { Status: 'Success' }],
		['a count without success', { Message: { Count: 3 } }],
		['no answer', undefined],
		['text', 'OK'],
		['an empty list', []],
		['rows that are no list', { Response: { RowNumber: 1 } }],
		['a number in other words', [made(1), refused('0x2'), made(' 3')]],
	])('%s says nothing of any item', (_name, answer) => {
		expect(postReceipts(answer, calls(3))).toEqual([undefined, undefined, undefined]);
	});

	test('whatever comes, there is one place for each item, and only a row of its own number fills it', () => {
		const row = fc.record({
			RowNumber: fc.oneof(fc.integer({ min: -1, max: 6 }), fc.string(), fc.constant(null)),
			ActivityCreated: fc.anything(),
		});
		fc.assert(
			fc.property(
				fc.array(fc.oneof(row, fc.anything()), { maxLength: 8 }),
				fc.integer({ min: 1, max: 5 }),
				(rows, count) => {
					const results = postReceipts({ Response: rows }, calls(count));
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

describe('receipts of activities that were updated together', () => {
	test('a success that tells no more has taken the items, and nobody knows the end', () => {
		expect(updateReceipts({ Status: 'Success' }, calls(2))).toEqual([{ accepted: {} }, { accepted: {} }]);
	});

	test('rows are read where they come', () => {
		const Response = [
			{ RowNumber: 1, ActivityUpdated: true, ProspectActivityId: 'a' },
			{ RowNumber: 2, ActivityUpdated: false, ExceptionMessage: 'No' },
		];

		expect(updateReceipts({ Status: 'Success', Response }, calls(3))).toEqual([
			{ record: { Id: 'a' } },
			{ refused: 'No' },
			undefined,
		]);
	});

	test('a count that is too small, and what is no success, say nothing', () => {
		expect(updateReceipts({ Status: 'Success', Message: { Count: 1 } }, calls(2))).toEqual([undefined, undefined]);
		expect(updateReceipts({}, calls(2))).toEqual([undefined, undefined]);
	});
});
