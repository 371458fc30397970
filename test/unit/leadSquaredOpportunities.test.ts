import type { IDataObject } from 'n8n-workflow';
import { captureOpportunity, opportunitiesById } from '../../nodes/LeadSquared/opportunityResponses';
import { failureOf, type Failure } from '../../nodes/shared/base/failure';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';

const captureRequest: ApiRequest = { method: 'POST', path: '/', query: {}, effect: 'writes' };
const capturing = async (response: unknown) =>
	await captureOpportunity(async () => await Promise.resolve(response), captureRequest);
const failing = async (response: unknown): Promise<Failure> =>
	await capturing(response).then(
		() => ({ message: 'none' }),
		(error: unknown) => failureOf(error),
	);

describe('a capture', () => {
	test.each<[string, IDataObject]>([
		[
			'in the documented form',
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
			'that names a similar opportunity and the new opportunity',
			{ CreatedOpportunityId: 'a', ConflictedOpportunityId: 'b' },
		],
	])('%s that names the new opportunity is a success', async (_name, response) => {
		expect(await capturing(response)).toBe(response);
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
	])('that a duplicate rule stopped, recognized %s, fails with the existing opportunity', async (_name, response) => {
		expect(await failing(response)).toEqual({
			message: 'LeadSquared created no opportunity, because its duplicate rules found an existing opportunity: b',
			description:
				'LeadSquared did not change that opportunity. Use Opportunity > Update for this. The lead was written and has an activity for the capture.',
			code: 'duplicate',
			response,
			mayHaveBeenApplied: true,
		});
	});

	test('that a duplicate rule stopped also fails if the response does not name the existing opportunity', async () => {
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
	])('with the response %j fails, because the response names no opportunity', async (response) => {
		expect((await failing(response)).message).toBe('The response names no opportunity');
	});
});

describe('opportunities by their IDs', () => {
	const search = { EventCode: '12000', ids: ['a', 'b'], columns: 'Owner' };

	test('are requested in the documented form', async () => {
		const sent: ApiRequest[] = [];
		await opportunitiesById(async (one) => await Promise.resolve(sent.push(one)), captureRequest, search);

		expect(sent[0].body).toEqual({
			SearchParameters: [{ EventCode: '12000', ProspectActivityId: ['a', 'b'], Columns: { Include_CSV: 'Owner' } }],
		});
	});

	test('may be an empty list', async () => {
		expect(await opportunitiesById(async () => await Promise.resolve([]), captureRequest, search)).toEqual([
			{ Opportunities: [] },
		]);
	});
});
