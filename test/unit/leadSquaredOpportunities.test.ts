import type { IDataObject } from 'n8n-workflow';
import { captureOpportunity, opportunitiesById } from '../../nodes/LeadSquared/opportunityResponses';
import { failureOf, type Failure } from '../../nodes/shared/base/failure';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';

const call: ApiRequest = { method: 'POST', path: '/', query: {}, effect: 'writes' };
const capturing = async (answer: unknown) => await captureOpportunity(async () => await Promise.resolve(answer), call);
const failing = async (answer: unknown): Promise<Failure> =>
	await capturing(answer).then(
		() => ({ message: 'none' }),
		(error: unknown) => failureOf(error),
	);

describe('a capture', () => {
	test.each<[string, IDataObject]>([
		[
			'in the form of the page',
			{
				Status: 'Success',
				AdditionalDetails: [{ ActivityId: 'a', PostDeDupActionPerformed: 1, ConflictedOpportunityId: null }],
			},
		],
		['with one record of details', { AdditionalDetails: { ActivityId: 'a', PostDeDupActionPerformed: '1' } }],
		[
			'in the form that integrators see',
			{ Status: '0', CreatedOpportunityId: 'a', ConflictedOpportunityId: null, AdditionalDetails: [] },
		],
		[
			'that names a similar opportunity beside the new one',
			{ CreatedOpportunityId: 'a', ConflictedOpportunityId: 'b' },
		],
	])('%s that names the new opportunity is a success', async (_name, answer) => {
		expect(await capturing(answer)).toBe(answer);
	});

	test.each<[string, IDataObject]>([
		[
			'by its number',
			{ AdditionalDetails: [{ ActivityId: 'a', PostDeDupActionPerformed: 3, ConflictedOpportunityId: 'b' }] },
		],
		[
			'by its number as text, in one record',
			{ AdditionalDetails: { ActivityId: 'a', PostDeDupActionPerformed: '3', ConflictedOpportunityId: 'b' } },
		],
		[
			'by the opportunity alone',
			{ CreatedOpportunityId: null, ConflictedOpportunityId: 'b', AdditionalDetails: [{ ActivityId: 'a' }] },
		],
	])(
		'that a rule for duplicates stopped, known %s, fails with the opportunity that is there',
		async (_name, answer) => {
			expect(await failing(answer)).toEqual({
				message: 'LeadSquared created no opportunity, because its duplicate rules found an existing opportunity: b',
				description:
					'LeadSquared did not change that opportunity. Use Opportunity > Update for this. The lead was written and has an activity for the capture.',
				code: 'duplicate',
				response: answer,
				mayHaveBeenApplied: true,
			});
		},
	);

	test('that a rule stopped without naming what is there fails all the same', async () => {
		const { message } = await failing({ AdditionalDetails: [{ ActivityId: 'a', PostDeDupActionPerformed: 3 }] });

		expect(message).toMatch(/its duplicate rules found an existing opportunity$/);
	});

	test.each([
		{},
		{ Status: 'Success', AdditionalDetails: [] },
		{ AdditionalDetails: [{ ActivityId: '' }] },
		{ CreatedOpportunityId: 7 },
		[],
		null,
		'OK',
	])('that is answered with %j names no opportunity, and is no success', async (answer) => {
		expect((await failing(answer)).message).toBe('The response names no opportunity');
	});
});

describe('opportunities by their IDs', () => {
	const search = { EventCode: '12000', ids: ['a', 'b'], columns: 'Owner' };

	test('are asked for in the one form that the page has', async () => {
		const asked: ApiRequest[] = [];
		await opportunitiesById(async (one) => await Promise.resolve(asked.push(one)), call, search);

		expect(asked[0].body).toEqual({
			SearchParameters: [{ EventCode: '12000', ProspectActivityId: ['a', 'b'], Columns: { Include_CSV: 'Owner' } }],
		});
	});

	test('may be none at all', async () => {
		expect(await opportunitiesById(async () => await Promise.resolve([]), call, search)).toEqual([
			{ Opportunities: [] },
		]);
	});
});
