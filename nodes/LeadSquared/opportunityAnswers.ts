import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../shared/base/failure';
import { isObject, memberOf, wordsOf } from '../shared/base/json';
import { unreadable } from '../shared/base/lists';
import type { Ask, Call } from '../shared/http/call';

/** What `PostDeDupActionPerformed` says of a capture that created nothing. https://apidocs.leadsquared.com/capture-opportunities/ */
const DUPLICATE = '3';

/**
 * Captures an opportunity, which LeadSquared may answer with success although it created nothing.
 *
 * @returns the answer, which names the new opportunity
 * @throws FailureError when a rule for duplicates found one that is there already, or when no new one is named
 */
export async function captureOpportunity(ask: Ask, call: Call): Promise<unknown> {
	const answer = await ask(call);
	const details = [memberOf(answer, 'AdditionalDetails') ?? []].flat().filter(isObject);
	const sources = [isObject(answer) ? answer : {}, ...details];
	const conflict = namedIn(sources, 'ConflictedOpportunityId');
	const created = namedIn(sources, 'CreatedOpportunityId');
	if (created === undefined && (conflict || details.some(({ PostDeDupActionPerformed: done }) => wordsOf(done) === DUPLICATE)))
		throw isThereAlready(conflict, answer);
	if ((created ?? namedIn(details, 'ActivityId')) === undefined) throw unreadable('The answer names no opportunity');
	return answer;
}

/** The first ID of a name, which is null or empty where there is none. */
function namedIn(sources: readonly IDataObject[], name: string): string | undefined {
	return sources.map((source) => source[name]).find((id): id is string => typeof id === 'string' && id !== '');
}

function isThereAlready(conflict: string | undefined, response: unknown): FailureError {
	return new FailureError({
		headline: `LeadSquared created no opportunity, because its rules for duplicates found one that is there already${conflict ? `: ${conflict}` : ''}`,
		advice: 'Its fields keep their values: change it with Opportunity > Update. The lead was written, and has an activity for the capture.',
		code: 'duplicate',
		response,
		// Running it again would post the activity again.
		mayHaveBeenApplied: true,
	});
}

/** @returns the opportunities of the one type that was asked for, in the form of the answer */
export async function opportunitiesById(ask: Ask, call: Call, search: { EventCode: unknown; ids: readonly string[]; columns: string }): Promise<unknown> {
	const { EventCode, ids, columns } = search;
	const answer = await ask({
		...call,
		body: { SearchParameters: [{ EventCode, ProspectActivityId: [...ids], Columns: { Include_CSV: columns } }] } as IDataObject,
	});
	// No group at all is a list of nothing; anything else without the list is unreadable.
	return Array.isArray(answer) && answer.length === 0 ? [{ Opportunities: [] }] : answer;
}
