import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../shared/base/failure';
import { isObject, valueAt, toText } from '../shared/base/json';
import { malformedResponse } from '../shared/base/parseResponse';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';

/**
 * Value of `PostDeDupActionPerformed` if a duplicate rule prevented the opportunity.
 * https://apidocs.leadsquared.com/capture-opportunities/
 */
const DUPLICATE = '3';

/**
 * Captures an opportunity. LeadSquared may report success although it created nothing.
 *
 * @returns the response, which names the new opportunity
 * @throws FailureError when a duplicate rule found an existing opportunity, or when the response names no new
 * opportunity
 */
export async function captureOpportunity(send: SendRequest, request: ApiRequest): Promise<unknown> {
	const response = await send(request);
	const details = [valueAt(response, 'AdditionalDetails') ?? []].flat().filter(isObject);
	const sources = [isObject(response) ? response : {}, ...details];
	const conflict = firstId(sources, 'ConflictedOpportunityId');
	const created = firstId(sources, 'CreatedOpportunityId');
	if (
		created === undefined &&
		(conflict || details.some(({ PostDeDupActionPerformed: done }) => toText(done) === DUPLICATE))
	)
		throw duplicateError(conflict, response);
	if ((created ?? firstId(details, 'ActivityId')) === undefined)
		throw malformedResponse('The response names no opportunity');
	return response;
}

/** Returns the first ID under a name. LeadSquared sends null or an empty text if there is none. */
function firstId(sources: readonly IDataObject[], name: string): string | undefined {
	return sources.map((source) => source[name]).find((id): id is string => typeof id === 'string' && id !== '');
}

function duplicateError(conflict: string | undefined, response: unknown): FailureError {
	return new FailureError({
		message: `LeadSquared created no opportunity, because its duplicate rules found an existing opportunity${conflict ? `: ${conflict}` : ''}`,
		description:
			'LeadSquared did not change that opportunity. Use Opportunity > Update for this. ' +
			'The lead was written and has an activity for the capture.',
		code: 'duplicate',
		response,
		// Another run would add the activity again.
		mayHaveBeenApplied: true,
	});
}

/**
 * Sends the search for opportunities of one type by their IDs.
 *
 * @returns the response, in which LeadSquared groups opportunities by type
 */
export async function opportunitiesById(
	send: SendRequest,
	request: ApiRequest,
	search: { EventCode: unknown; ids: readonly string[]; columns: string },
): Promise<unknown> {
	const { EventCode, ids, columns } = search;
	const response = await send({
		...request,
		body: {
			SearchParameters: [{ EventCode, ProspectActivityId: [...ids], Columns: { Include_CSV: columns } }],
		} as IDataObject,
	});
	// No group means no opportunities. Any other response without the list is malformed.
	return Array.isArray(response) && response.length === 0 ? [{ Opportunities: [] }] : response;
}
