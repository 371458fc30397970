import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import { changedInstead, createdLeads, updateInBulk } from '../../nodes/LeadSquared/leadReceipts';

const callFor = (leadId: string, postUpdatedLead = false): ApiRequest => ({
	method: 'POST',
	path: '/LeadManagement.svc/Lead.Update',
	query: { leadId, postUpdatedLead },
	body: { FirstName: `Name of ${leadId}` },
	shape: (body) => Object.entries(body).map(([Attribute, Value]) => ({ Attribute, Value })),
	effect: 'idempotent',
});
const three = ['a', 'b', 'c'].map((id) => callFor(id));

/** What became of each of three leads, in one word or by its ID. */
const shown = (results: ReturnType<typeof createdLeads>) =>
	results.map((result) => {
		if (!result) return 'unknown';
		return 'record' in result
			? (result.record.Id ?? 'done')
			: 'refused' in result
				? `refused: ${result.refused}`
				: 'accepted';
	});
const row = (RowNumber: unknown, LeadId: string, more: IDataObject = {}) => ({
	RowNumber,
	LeadId,
	LeadCreated: true,
	LeadUpdated: false,
	AffectedRows: 1,
	...more,
});
const inOrder = [row(1, 'A'), row(2, 'B'), row(3, 'C')];
const unnumbered = inOrder.map(({ RowNumber: _number, ...rest }) => rest);
const none = ['unknown', 'unknown', 'unknown'];

describe('the receipts of leads made in bulk', () => {
	test.each<[string, unknown, string[]]>([
		['come by the number of the row', inOrder, ['A', 'B', 'C']],
		['come by the number of the row in any order', [...inOrder].reverse(), ['A', 'B', 'C']],
		['come with the number as text', [row('1', 'A'), row('2', 'B'), row('3', 'C')], ['A', 'B', 'C']],
		['come under a name', { Status: 'Success', Message: inOrder }, ['A', 'B', 'C']],
		['lack a row', [row(3, 'C'), row(1, 'A')], ['A', 'unknown', 'C']],
		['have a row twice', [row(1, 'A'), row(2, 'B'), row(2, 'X')], ['A', 'unknown', 'unknown']],
		['count from nought, and all were made', [row(0, 'A'), row(1, 'B'), row(2, 'C')], ['done', 'done', 'done']],
		[
			'count from nought, and one was refused',
			[row(0, 'A'), row(1, '', { LeadCreated: false, ErrorMessage: 'Duplicate' }), row(2, 'C')],
			none,
		],
		['count from nought, and a number is missing', [row(0, 'A'), row(1, 'B'), row(3, 'C')], none],
		[
			'name the lead that was sent',
			[row(undefined, 'C', { FirstName: 'name of c ' }), row(undefined, 'A', { FirstName: 'Name of a' })],
			['A', 'unknown', 'C'],
		],
		[
			'name the lead that was sent, numbered from nought',
			unnumbered.map((one, index) => ({ ...one, RowNumber: index, FirstName: `Name of ${'abc'[index]}` })),
			['A', 'B', 'C'],
		],
		[
			'name two leads that were sent alike',
			[
				row(undefined, 'A', { FirstName: 'Name of a' }),
				row(undefined, 'X', { FirstName: 'Name of a' }),
				row(undefined, 'C'),
			],
			none,
		],
		[
			'name another lead than their number says',
			[row(2, 'A', { FirstName: 'Name of a' }), row(1, 'B'), row(3, 'C')],
			none,
		],
		[
			'name a lead that was not sent, beside their number',
			[row(1, 'A', { FirstName: 'Name of x' }), row(2, 'B'), row(3, 'C')],
			['A', 'B', 'C'],
		],
		['have a row that was not sent', [row(1, 'A'), row(2, 'B'), row(4, 'C')], none],
		['have a row without a number among others', [row(1, 'A'), row(undefined, 'B'), row(3, 'C')], none],
		...[null, true, 1.5, '', 'one', {}, [1]].map((number): [string, unknown, string[]] => [
			`have ${JSON.stringify(number)} as a number`,
			[row(number, 'A'), row(2, 'B'), row(3, 'C')],
			none,
		]),
		['have no numbers, and all were made', unnumbered, ['done', 'done', 'done']],
		[
			'have no numbers, and all were refused alike',
			Array(3).fill({ LeadCreated: false, ErrorMessage: 'No' }),
			Array(3).fill('refused: No'),
		],
		[
			'have no numbers, and one was refused',
			[...unnumbered.slice(1), { LeadCreated: false, ErrorMessage: 'No' }],
			none,
		],
		['have no numbers, and one says nothing', [...unnumbered.slice(1), {}], none],
		['have no numbers, and not all rows', unnumbered.slice(1), none],
		['hold what is no row', [...inOrder.slice(1), 'A'], none],
		...['text', null, undefined, {}, { Status: 'Success' }, { List: 3 }, 7].map(
			(answer): [string, unknown, string[]] => [`are ${JSON.stringify(answer)}`, answer, none],
		),
	])('%s', (_name, answer, expected) => {
		expect(shown(createdLeads(answer, three))).toEqual(expected);
	});

	test.each<[string, IDataObject, string]>([
		['says that the lead was made', { LeadCreated: true }, 'A'],
		['says that a lead was updated in its place', { LeadCreated: false, LeadUpdated: true }, 'A'],
		['says nothing but the ID', { LeadCreated: undefined, LeadUpdated: undefined, AffectedRows: undefined }, 'A'],
		['says that no row was touched', { LeadCreated: undefined, LeadUpdated: undefined, AffectedRows: 0 }, 'unknown'],
		['says that nothing was done', { LeadCreated: false }, 'unknown'],
		['has no ID', { LeadId: '' }, 'unknown'],
		['has an ID that is no text', { LeadId: null }, 'unknown'],
		['says why not', { LeadCreated: false, ErrorMessage: 'Duplicate' }, 'refused: Duplicate'],
		[
			'says why not in the words of an exception',
			{ LeadCreated: false, ExceptionMessage: 'No', ExceptionType: 'MXDuplicate' },
			'refused: No',
		],
		[
			'says why not, and nothing else',
			{ LeadCreated: undefined, LeadUpdated: undefined, ErrorMessage: 'Duplicate' },
			'refused: Duplicate',
		],
		['names an exception alone', { LeadCreated: false, ExceptionType: 'MXDuplicate' }, 'refused: MXDuplicate'],
		['says that the lead was made, and why not', { ErrorMessage: 'Duplicate' }, 'unknown'],
		['has an empty text in place of an error', { ErrorMessage: '', ExceptionType: null }, 'A'],
	])('a row that %s', (_name, more, expected) => {
		expect(shown(createdLeads([row(1, 'A', more)], three.slice(0, 1)))).toEqual([expected]);
	});

	test('a refusal carries the code of the vendor', () => {
		const answer = [
			row(1, '', { LeadCreated: false, ErrorMessage: 'Duplicate', ExceptionType: 'MXDuplicateEntryException' }),
		];

		expect(createdLeads(answer, three.slice(0, 1))).toEqual([
			{ refused: 'Duplicate', code: 'MXDuplicateEntryException' },
		]);
	});

	test('a lead that was there already is told of, and others are not', () => {
		const answer = [row(1, 'A'), row(2, 'B', { LeadCreated: false, LeadUpdated: true })];

		expect(['A', 'B', 'X'].map((Id) => changedInstead({ Id }, answer))).toEqual([
			undefined,
			'Lead B already existed, and LeadSquared updated it',
			undefined,
		]);
		expect(changedInstead({ Id: 'A' }, { Status: 'Success', Message: { Id: 'A' } })).toBeUndefined();
	});
});

describe('updates in bulk', () => {
	const count = (TotalCount: number, SuccessCount: number) => ({
		TotalCount,
		SuccessCount,
		FailureCount: 0,
		UnProcessedCount: TotalCount - SuccessCount,
	});
	const named = (...ids: string[]) =>
		ids.map((IdentifierValue) => ({ Identifier: 'ProspectId', IdentifierValue, Reason: `${IdentifierValue} is gone` }));

	test.each<[string, unknown, string[]]>([
		['all done', { Status: count(3, 3) }, ['done', 'done', 'done']],
		[
			'all done, with empty lists',
			{ Status: count(3, 3), Details: { FailedLeads: [], UnProcessedLeads: null } },
			['done', 'done', 'done'],
		],
		[
			'one not found',
			{ Status: count(3, 2), Details: { UnProcessedLeads: named('B') } },
			['done', 'refused: B is gone', 'done'],
		],
		[
			'one failed, one not found',
			{ Status: count(3, 1), Details: { FailedLeads: named('c'), UnProcessedLeads: named('a') } },
			['refused: a is gone', 'done', 'refused: c is gone'],
		],
		['one that is not named', { Status: count(3, 2) }, none],
		['one that was not sent', { Status: count(3, 2), Details: { FailedLeads: named('x') } }, none],
		[
			'one that is named twice',
			{ Status: count(3, 2), Details: { FailedLeads: named('a', 'a') } },
			['refused: a is gone', 'unknown', 'unknown'],
		],
		['counts of another request', { Status: count(2, 2) }, none],
		['a total of another request', { Status: count(5, 3) }, none],
		['counts as text', { Status: { TotalCount: '3', SuccessCount: '3' } }, ['done', 'done', 'done']],
		['counts in other words', { Status: { TotalCount: '3 ', SuccessCount: '3' } }, none],
		[
			'no reason',
			{ Status: count(3, 2), Details: { FailedLeads: [{ IdentifierValue: 'a' }] } },
			['refused: no reason given', 'done', 'done'],
		],
		[
			'rows that are none',
			{ Status: count(3, 3), Details: { FailedLeads: ['a', 7], UnProcessedLeads: 'b' } },
			['done', 'done', 'done'],
		],
		['the usual text in place of counts', { Status: 'Success' }, none],
		['nothing', null, none],
	])('%s', (_name, answer, expected) => {
		expect(shown([...updateInBulk.results(answer, three)])).toEqual(expected);
	});

	test('name each lead by its ID, and have those that do not exist told', () => {
		expect(updateInBulk.body([callFor('a')])).toEqual({
			SearchByKey: 'ProspectId',
			LeadPropertiesList: [
				{
					Fields: [
						{ Attribute: 'ProspectId', Value: 'a' },
						{ Attribute: 'FirstName', Value: 'Name of a' },
					],
				},
			],
			Options: { PushNonExistentLeadsToUnProcessedList: true },
		});
	});

	test('take no item that triggers automations, which the request cannot do', () => {
		expect([callFor('a'), callFor('a', true)].map((call) => updateInBulk.fits!(call))).toEqual([true, false]);
	});
});
