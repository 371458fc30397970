import { problemsOf } from '../sandbox/answers';
import { callTo, type Call } from '../sandbox/caller';
import { Bench, type NodeName } from '../support/run';
import { vendors } from '../support/vendors';
import { steps } from './samples/steps';

const bench = new Bench();
const checked = new Set<string>();

/** Successes that a vendor answered since the last reset, and what they break of the contract. */
function problems(node: NodeName): string[] {
	const answered = bench.sandbox.vendors[node].requests.filter(({ answer }) => answer !== undefined && answer.status < 300);
	answered.forEach(({ operationId }) => checked.add(`${node} ${operationId}`));
	return answered.flatMap(({ operationId, answer }) => problemsOf(node, operationId!, answer!).map((problem) => `${operationId}: ${problem}`));
}

test.each(steps)('what the sandbox answers to $node: $name is what the contract promises', async ({ node, parameters, binary }) => {
	await bench.run(node, parameters, { binary: binary && [binary] });

	expect(problems(node)).toEqual([]);
});

/** What only credential tests, drop-downs and a second run of a step ask for. */
const others: Call[] = [
	['woofedCrm', 'GET', '/api/v1/accounts/1/contacts/search?query%5Bid_eq%5D=0'],
	['woofedCrm', 'POST', '/api/v1/accounts/1/contacts/upsert', { email: 'mariana@example.com', full_name: 'Mariana' }],
	['leadSquared', 'GET', '/v2/Authentication.svc/UserByAccessKey.Get'],
	['leadSquared', 'GET', '/v2/Task.svc/RetrieveTaskType'],
	['leadSquared', 'GET', '/v2/UserManagement.svc/Users.Get'],
	['leadSquared', 'GET', '/v2/LeadManagement.svc/Leads.GetByQuickSearch?key=lead'],
];

test.each(others)('what the sandbox answers to %s %s %s is what the contract promises', async (...call) => {
	const { status } = await callTo(bench.sandbox.vendors, ...call);

	expect([status, problems(call[0])]).toEqual([200, []]);
});

test('no operation that the sandbox plays is left out', () => {
	const all = vendors.flatMap(({ name, sandbox }) => Object.keys(sandbox().handlers).map((id) => `${name} ${id}`));

	expect(all.filter((name) => !checked.has(name))).toEqual([]);
});
