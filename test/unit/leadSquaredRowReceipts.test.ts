import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { createdLeads } from '../../nodes/LeadSquared/leadReceipts';
import { postReceipts } from '../../nodes/LeadSquared/receipts';
import { wholeNumber } from '../../nodes/LeadSquared/rowReceipts';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import { rounds } from '../support/hostile';

const requestWith = (body: IDataObject): ApiRequest => ({
	method: 'POST',
	path: '/',
	query: {},
	body,
	effect: 'writes',
});

/** Possible ways for a server to write its receipts. */
const style = fc.record({
	numbers: fc.constantFrom('from 1', 'from 0', 'as text', 'none', 'for some'),
	content: fc.constantFrom('all', 'some', 'none'),
	lost: fc.integer({ min: 0, max: 2 }),
});
type Style = typeof style extends fc.Arbitrary<infer Value> ? Value : never;

function numberIn({ numbers }: Style, index: number): IDataObject {
	if (numbers === 'none' || (numbers === 'for some' && index % 2 === 1)) return {};
	const number = index + (numbers === 'from 0' ? 0 : 1);
	return { RowNumber: numbers === 'as text' ? String(number) : number };
}

test('for any order, numbers and content of the rows, no item gets the result of another item', () => {
	const outcomes = fc.array(fc.boolean(), { minLength: 1, maxLength: 8 });
	fc.assert(
		fc.property(outcomes, style, fc.infiniteStream(fc.nat()), (made, how, order) => {
			const requests = made.map((_, index) => requestWith({ EmailAddress: `p${index}@example.com`, mx_City: 'Pune' }));
			const rows = made.map((LeadCreated, index) => ({
				...numberIn(how, index),
				...(how.content === 'all' || (how.content === 'some' && index % 3 === 0)
					? { EmailAddress: `P${index}@example.com`, mx_City: 'Pune' }
					: {}),
				LeadCreated,
				...(LeadCreated ? { LeadId: `id ${index}` } : { ErrorMessage: `No ${index}` }),
			}));
			const shuffled = rows.map((row) => ({ row, at: order.next().value as number })).sort((a, b) => a.at - b.at);
			// Only the number 0 shows that the numbers start at 0, so this row stays.
			const response = shuffled.slice(how.numbers === 'from 0' ? 0 : how.lost).map(({ row }) => row);

			createdLeads(response, requests).forEach((result, index) => {
				const own = made[index]
					? [{ record: { Id: `id ${index}` } }, { record: { success: true } }]
					: [{ refused: `No ${index}`, code: undefined }];
				expect([undefined, ...own]).toContainEqual(result);
			});
			// Rows in the documented form and rows that name their leads all have a result.
			const isClear =
				(how.numbers === 'from 1' || how.numbers === 'as text' || how.content === 'all') && how.lost === 0;
			if (isClear) expect(createdLeads(response, requests)).not.toContain(undefined);
		}),
		{ numRuns: rounds(500) },
	);
});

test('activities of the same lead are assigned by their numbers, because the ID does not distinguish them', () => {
	const requests = [1, 2].map((number) => requestWith({ RelatedProspectId: 'a', ActivityNote: `Note ${number}` }));
	const row = (RowNumber: number) => ({
		RowNumber,
		RelatedProspectId: 'a',
		ActivityCreated: true,
		ProspectActivityId: `id ${RowNumber}`,
	});

	expect(postReceipts([row(2), row(1)], requests)).toEqual([{ record: { Id: 'id 1' } }, { record: { Id: 'id 2' } }]);
});

test.each<[unknown, number | undefined]>([
	[0, 0],
	['0', 0],
	['12', 12],
	[1.5, undefined],
	['01', undefined],
	['1e3', undefined],
	['0x1', undefined],
	[' 1', undefined],
	['', undefined],
	[NaN, undefined],
	[-1, -1],
	['9'.repeat(20), undefined],
	[true, undefined],
	[null, undefined],
])('%p as a whole number is %p', (value, expected) => {
	expect(wholeNumber(value)).toBe(expected);
});
