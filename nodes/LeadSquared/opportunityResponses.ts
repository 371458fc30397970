import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../shared/base/failure';
import { isObject, valueAt, toText } from '../shared/base/json';
import { malformedResponse } from '../shared/base/parseResponse';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';

/** What `PostDeDupActionPerformed` says of a capture that created nothing. https://apidocs.leadsquared.com/capture-opportunities/ */
const DUPLICATE = '3';

/**
 * Captures an opportunity, which LeadSquared may answer with success although it created nothing.
 *
 * @returns the answer, which names the new opportunity
 * @throws FailureError when a rule for duplicates found one that is there already, or when no new one is named
 */
export async function captureOpportunity(send: SendRequest, request: ApiRequest): Promise<unknown> {
	const response = await send(request);
	const details = [valueAt(response, 'AdditionalDetails') ?? []].flat().filter(isObject);
	const sources = [isObject(response) ? response : {}, ...details];
	const conflict = namedIn(sources, 'ConflictedOpportunityId');
	const created = namedIn(sources, 'CreatedOpportunityId');
	if (
		created === undefined &&
		(conflict || details.some(({ PostDeDupActionPerformed: done }) => toText(done) === DUPLICATE))
	)
		throw isThereAlready(conflict, response);
	if ((created ?? namedIn(details, 'ActivityId')) === undefined)
		throw malformedResponse('The answer names no opportunity');
	return response;
}

/** The first ID of a name, which is null or empty where there is none. */
function namedIn(sources: readonly IDataObject[], name: string): string | undefined {
	return sources.map((source) => source[name]).find((id): id is string => typeof id === 'string' && id !== '');
}

function isThereAlready(conflict: string | undefined, response: unknown): FailureError {
	return new FailureError({
		message: `LeadSquared created no opportunity, because its rules for duplicates found one that is there already${conflict ? `: ${conflict}` : ''}`,
		description:
			'Its fields keep their values: change it with Opportunity > Update. The lead was written, and has an activity for the capture.',
		code: 'duplicate',
		response,
		// Running it again would post the activity again.
		mayHaveBeenApplied: true,
	});
}

/** @returns the opportunities of the one type that was asked for, in the form of the answer */
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
	// No group at all is a list of nothing; anything else without the list is unreadable.
	return Array.isArray(response) && response.length === 0 ? [{ Opportunities: [] }] : response;
}
