import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import { changedInstead, createdLeads, updateInBulk } from '../../nodes/LeadSquared/leadReceipts';

const requestFor = (leadId: string, postUpdatedLead = false): ApiRequest => ({
	method: 'POST',
	path: '/LeadManagement.svc/Lead.Update',
	query: { leadId, postUpdatedLead },
	body: { FirstName: `Name of ${leadId}` },
	shape: (body) => Object.entries(body).map(([Attribute, Value]) => ({ Attribute, Value })),
	effect: 'idempotent',
});
const three = ['a', 'b', 'c'].map((id) => requestFor(id));

/** Returns the result of each of three leads, as one word or its ID. */
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

describe('the receipts of leads created in bulk', () => {
	test.each<[string, unknown, string[]]>([
		['are read by the row number', inOrder, ['A', 'B', 'C']],
		['are read by the row number in any order', [...inOrder].reverse(), ['A', 'B', 'C']],
		['have the number as text', [row('1', 'A'), row('2', 'B'), row('3', 'C')], ['A', 'B', 'C']],
		['are a list under a name', { Status: 'Success', Message: inOrder }, ['A', 'B', 'C']],
		['lack a row', [row(3, 'C'), row(1, 'A')], ['A', 'unknown', 'C']],
		['have a row twice', [row(1, 'A'), row(2, 'B'), row(2, 'X')], ['A', 'unknown', 'unknown']],
		['count from 0, and all leads were created', [row(0, 'A'), row(1, 'B'), row(2, 'C')], ['done', 'done', 'done']],
		[
			'count from 0, and one lead was refused',
			[row(0, 'A'), row(1, '', { LeadCreated: false, ErrorMessage: 'Duplicate' }), row(2, 'C')],
			none,
		],
		['count from 0, and a number is missing', [row(0, 'A'), row(1, 'B'), row(3, 'C')], none],
		[
			'name the lead of the item',
			[row(undefined, 'C', { FirstName: 'name of c ' }), row(undefined, 'A', { FirstName: 'Name of a' })],
			['A', 'unknown', 'C'],
		],
		[
			'name the lead of the item, numbered from 0',
			unnumbered.map((one, index) => ({ ...one, RowNumber: index, FirstName: `Name of ${'abc'[index]}` })),
			['A', 'B', 'C'],
		],
		[
			'name a lead twice',
			[
				row(undefined, 'A', { FirstName: 'Name of a' }),
				row(undefined, 'X', { FirstName: 'Name of a' }),
				row(undefined, 'C'),
			],
			none,
		],
		[
			'name a lead that contradicts their number',
			[row(2, 'A', { FirstName: 'Name of a' }), row(1, 'B'), row(3, 'C')],
			none,
		],
		[
			'name a lead that was not sent, together with a number',
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
		['have no numbers, and all leads were created', unnumbered, ['done', 'done', 'done']],
		[
			'have no numbers, and all leads were refused for the same reason',
			Array(3).fill({ LeadCreated: false, ErrorMessage: 'No' }),
			Array(3).fill('refused: No'),
		],
		[
			'have no numbers, and one lead was refused',
			[...unnumbered.slice(1), { LeadCreated: false, ErrorMessage: 'No' }],
			none,
		],
		['have no numbers, and one row is empty', [...unnumbered.slice(1), {}], none],
		['have no numbers, and a row is missing', unnumbered.slice(1), none],
		['contain a value that is not a row', [...inOrder.slice(1), 'A'], none],
		...['text', null, undefined, {}, { Status: 'Success' }, { List: 3 }, 7].map(
			(response): [string, unknown, string[]] => [`are ${JSON.stringify(response)}`, response, none],
		),
	])('%s', (_name, response, expected) => {
		expect(shown(createdLeads(response, three))).toEqual(expected);
	});

	test.each<[string, IDataObject, string]>([
		['says that the lead was created', { LeadCreated: true }, 'A'],
		['says that an existing lead was updated', { LeadCreated: false, LeadUpdated: true }, 'A'],
		['has only the ID', { LeadCreated: undefined, LeadUpdated: undefined, AffectedRows: undefined }, 'A'],
		['says that no row was affected', { LeadCreated: undefined, LeadUpdated: undefined, AffectedRows: 0 }, 'unknown'],
		['says that nothing was done', { LeadCreated: false }, 'unknown'],
		['has no ID', { LeadId: '' }, 'unknown'],
		['has an ID that is not text', { LeadId: null }, 'unknown'],
		['has an error message', { LeadCreated: false, ErrorMessage: 'Duplicate' }, 'refused: Duplicate'],
		[
			'has an exception message',
			{ LeadCreated: false, ExceptionMessage: 'No', ExceptionType: 'MXDuplicate' },
			'refused: No',
		],
		[
			'has only an error message',
			{ LeadCreated: undefined, LeadUpdated: undefined, ErrorMessage: 'Duplicate' },
			'refused: Duplicate',
		],
		['has only an exception type', { LeadCreated: false, ExceptionType: 'MXDuplicate' }, 'refused: MXDuplicate'],
		['says that the lead was created, and has an error message', { ErrorMessage: 'Duplicate' }, 'unknown'],
		['has an empty error message', { ErrorMessage: '', ExceptionType: null }, 'A'],
	])('a row that %s', (_name, more, expected) => {
		expect(shown(createdLeads([row(1, 'A', more)], three.slice(0, 1)))).toEqual([expected]);
	});

	test('a refusal carries the code of the vendor', () => {
		const response = [
			row(1, '', { LeadCreated: false, ErrorMessage: 'Duplicate', ExceptionType: 'MXDuplicateEntryException' }),
		];

		expect(createdLeads(response, three.slice(0, 1))).toEqual([
			{ refused: 'Duplicate', code: 'MXDuplicateEntryException' },
		]);
	});

	test('only a lead that already existed returns a hint', () => {
		const response = [row(1, 'A'), row(2, 'B', { LeadCreated: false, LeadUpdated: true })];

		expect(['A', 'B', 'X'].map((Id) => changedInstead({ Id }, response))).toEqual([
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
		['one failure without a name', { Status: count(3, 2) }, none],
		['one failure that was not sent', { Status: count(3, 2), Details: { FailedLeads: named('x') } }, none],
		[
			'one failure that is named twice',
			{ Status: count(3, 2), Details: { FailedLeads: named('a', 'a') } },
			['refused: a is gone', 'unknown', 'unknown'],
		],
		['counts of another request', { Status: count(2, 2) }, none],
		['a total of another request', { Status: count(5, 3) }, none],
		['counts as text', { Status: { TotalCount: '3', SuccessCount: '3' } }, ['done', 'done', 'done']],
		['counts that are not whole numbers', { Status: { TotalCount: '3 ', SuccessCount: '3' } }, none],
		[
			'no reason',
			{ Status: count(3, 2), Details: { FailedLeads: [{ IdentifierValue: 'a' }] } },
			['refused: no reason given', 'done', 'done'],
		],
		[
			'values that are not rows',
			{ Status: count(3, 3), Details: { FailedLeads: ['a', 7], UnProcessedLeads: 'b' } },
			['done', 'done', 'done'],
		],
		['a text instead of counts', { Status: 'Success' }, none],
		['nothing', null, none],
	])('%s', (_name, response, expected) => {
		expect(shown([...updateInBulk.results(response, three)])).toEqual(expected);
	});

	test('name each lead by its ID, and request a list of leads that do not exist', () => {
		expect(updateInBulk.body([requestFor('a')])).toEqual({
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

	test('exclude items that trigger automations, because the bulk request cannot trigger them', () => {
		expect([requestFor('a'), requestFor('a', true)].map((request) => updateInBulk.fits!(request))).toEqual([
			true,
			false,
		]);
	});
});
