import { FailureError } from '../shared/base/failure';
import { valueAt, toText } from '../shared/base/json';
import { idInPath, listAt } from '../shared/base/parseResponse';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';

/**
 * Removes a user from a deal. WoofedCRM requires the ID of the assignment, which only the deal contains.
 *
 * @throws FailureError if the user is not assigned to the deal, or if the deal does not contain its assignees
 */
export async function removeAssignee(
	send: SendRequest,
	request: ApiRequest,
	{ deal_id, user_id }: { deal_id: string | number; user_id: string | number },
): Promise<unknown> {
	const deal = await send({ method: 'GET', effect: 'reads', path: `/deals/${deal_id}`, query: {} });
	if (valueAt(deal, 'deal_assignees') === undefined)
		throw new FailureError({
			message: 'This version of WoofedCRM does not return the assignees of a deal',
			description: 'Nothing was changed. Use Deal Assignee > Delete with the ID that Deal Assignee > Create returned.',
		});
	const assignees = listAt(deal, 'deal_assignees');
	const assignment = assignees.find((assignee) => toText(assignee.user_id) === String(user_id));
	const assigned = assignees.map((assignee) => toText(assignee.user_id)).join(', ');
	if (!assignment)
		throw new FailureError({
			message: `User ${user_id} is not assigned to deal ${deal_id}`,
			description: `Nothing was changed. ${assigned === '' ? 'No user is assigned to it.' : `Assigned users: ${assigned}.`}`,
		});
	return await send({ ...request, path: `/deal_assignees/${idInPath(assignment.id, 'the assignment')}` });
}
