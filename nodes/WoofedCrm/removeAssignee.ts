import { FailureError } from '../shared/base/failure';
import { valueAt, toText } from '../shared/base/json';
import { idInPath, listAt } from '../shared/base/parseResponse';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';

/**
 * Takes a user off a deal: WoofedCRM wants the ID of the assignment, which only the deal tells.
 *
 * @throws FailureError when the user is not assigned to the deal, or when the deal does not tell its assignees
 */
export async function removeAssignee(
	send: SendRequest,
	request: ApiRequest,
	{ deal_id, user_id }: { deal_id: string | number; user_id: string | number },
): Promise<unknown> {
	const deal = await send({ method: 'GET', effect: 'reads', path: `/deals/${deal_id}`, query: {} });
	if (valueAt(deal, 'deal_assignees') === undefined)
		throw new FailureError({
			message: 'This version of WoofedCRM does not tell who is assigned to a deal',
			description:
				'Nothing was changed. Keep the ID that Deal Assignee > Create gives, and use Deal Assignee > Delete.',
		});
	const assignees = listAt(deal, 'deal_assignees');
	const assignment = assignees.find((one) => toText(one.user_id) === String(user_id));
	const assigned = assignees.map((one) => toText(one.user_id)).join(', ');
	if (!assignment)
		throw new FailureError({
			message: `User ${user_id} is not assigned to deal ${deal_id}`,
			description: `Nothing was changed. ${assigned === '' ? 'Nobody is assigned to it.' : `Assigned are the users ${assigned}.`}`,
		});
	return await send({ ...request, path: `/deal_assignees/${idInPath(assignment.id, 'the assignment')}` });
}
