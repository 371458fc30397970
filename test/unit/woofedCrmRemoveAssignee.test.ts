import { removeAssignee } from '../../nodes/WoofedCrm/removeAssignee';
import { failureOf } from '../../nodes/shared/base/failure';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import { scripted } from '../support/scripted';

describe('taking a user off a deal', () => {
	const call: ApiRequest = { method: 'DELETE', effect: 'writes', path: '/deal_assignees/{id}', query: {} };
	const remove = async (...answers: unknown[]) => {
		const { ask, calls } = scripted(...answers);
		const work = removeAssignee(ask, call, { deal_id: 7, user_id: '2' });
		return { failure: await work.then(() => undefined, failureOf), calls };
	};

	test('deletes the assignment of this user', async () => {
		const { calls } = await remove(
			{
				deal_assignees: [
					{ id: 30, user_id: 1 },
					{ id: 31, user_id: 2 },
				],
			},
			'done',
		);

		expect(calls).toEqual([
			{ method: 'GET', effect: 'reads', path: '/deals/7', query: {} },
			{ method: 'DELETE', effect: 'writes', path: '/deal_assignees/31', query: {} },
		]);
	});

	test.each<[string, unknown, string, string]>([
		[
			'nobody is assigned',
			{ deal_assignees: [] },
			'User 2 is not assigned to deal 7',
			'Nothing was changed. No user is assigned to it.',
		],
		[
			'others are assigned',
			{
				deal_assignees: [
					{ id: 1, user_id: 5 },
					{ id: 2, user_id: { toString: 1 } },
				],
			},
			'User 2 is not assigned to deal 7',
			'Nothing was changed. Assigned users: 5, {"toString":1}.',
		],
		[
			'the deal does not tell',
			{ id: 7 },
			'This version of WoofedCRM does not return the assignees of a deal',
			'Nothing was changed. Use Deal Assignee > Delete with the ID that Deal Assignee > Create returned.',
		],
		[
			'the answer is empty',
			null,
			'This version of WoofedCRM does not return the assignees of a deal',
			'Nothing was changed. ',
		],
		[
			'it tells no list',
			{ deal_assignees: 'x' },
			`The response contains no list under 'deal_assignees', but "x"`,
			'Check that the address',
		],
		[
			'it tells nothing',
			{ deal_assignees: null },
			"The response contains no list under 'deal_assignees', but null",
			'Check that the address',
		],
		[
			'it tells no records',
			{ deal_assignees: [null] },
			"Record 1 of the list under 'deal_assignees' is not an object, but null",
			'Check that the address',
		],
		[
			'the assignment has no ID',
			{ deal_assignees: [{ user_id: 2 }] },
			'The response contains no usable ID of the assignment',
			'Check that the address',
		],
		[
			'the assignment has another thing for an ID',
			{ deal_assignees: [{ user_id: 2, id: '../deals/7' }] },
			'The response contains no usable ID of the assignment, but "../deals/7"',
			'Check that the address',
		],
	])('deletes nothing when %s', async (_, deal, message, description) => {
		const { failure, calls } = await remove(deal);

		expect(failure?.message).toContain(message);
		expect(failure?.description).toContain(description);
		expect(calls).toHaveLength(1);
	});
});
