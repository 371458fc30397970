import { FailureError } from '../shared/base/failure';
import { memberOf, wordsOf } from '../shared/base/json';
import { idInPath, listAt } from '../shared/base/lists';
import type { Ask, Call } from '../shared/http/call';

/**
 * Takes a user off a deal: WoofedCRM wants the ID of the assignment, which only the deal tells.
 *
 * @throws FailureError when the user is not assigned to the deal, or when the deal does not tell its assignees
 */
export async function removeAssignee(ask: Ask, call: Call, { deal_id, user_id }: { deal_id: string | number; user_id: string | number }): Promise<unknown> {
	const deal = await ask({ method: 'GET', effect: 'reads', path: `/deals/${deal_id}`, query: {} });
	if (memberOf(deal, 'deal_assignees') === undefined)
		throw new FailureError({
			headline: 'This version of WoofedCRM does not tell who is assigned to a deal',
			advice: 'Nothing was changed. Keep the ID that Deal Assignee > Create gives, and use Deal Assignee > Delete.',
		});
	const assignees = listAt(deal, 'deal_assignees');
	const assignment = assignees.find((one) => wordsOf(one.user_id) === String(user_id));
	const assigned = assignees.map((one) => wordsOf(one.user_id)).join(', ');
	if (!assignment)
		throw new FailureError({
			headline: `User ${user_id} is not assigned to deal ${deal_id}`,
			advice: `Nothing was changed. ${assigned === '' ? 'Nobody is assigned to it.' : `Assigned are the users ${assigned}.`}`,
		});
	return await ask({ ...call, path: `/deal_assignees/${idInPath(assignment.id, 'the assignment')}` });
}
