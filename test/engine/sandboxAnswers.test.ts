import { problemsOf } from '../sandbox/answers';
import { callTo, type Call } from '../sandbox/caller';
import { documentedOperation } from '../sandbox/contract';
import { Bench, type NodeName } from '../support/run';
import { documentedOperations, offeredLists, vendors, type VendorParts } from '../support/vendors';
import { testCredential } from './credentialTest';
import { steps } from './samples/steps';

const bench = new Bench();
const checked = new Set<string>();

/** Successes that a vendor answered since the last reset, and what they break of the contract. */
function problems(node: NodeName): string[] {
	const answered = bench.sandbox.vendors[node].requests.filter(
		({ answer }) => answer !== undefined && answer.status < 300,
	);
	answered.forEach(({ operationId }) => checked.add(`${node} ${operationId}`));
	return answered.flatMap(({ operationId, answer }) =>
		problemsOf(node, operationId!, answer!).map((problem) => `${operationId}: ${problem}`),
	);
}

/** What the contract knows only from plans of the vendor is not played, because installations do not have it. */
function isThere({ parts, id, asker }: { parts: VendorParts; id: string; asker: string }): boolean {
	const { 'x-confidence': confidence, 'x-availability': limits } = documentedOperation(parts.name, id, asker).operation;
	return confidence !== 'inferred' || limits === undefined;
}

test('the sandbox plays every operation that a node, a list or a credential test asks for', () => {
	const wanted = [
		...documentedOperations.map(({ title, parts, operation }) => ({ parts, id: operation.contract, asker: title })),
		...vendors.flatMap((parts) =>
			offeredLists(parts).map(({ name, contract }) => ({
				parts,
				id: contract,
				asker: `${parts.vendor.name}: the list ${name}`,
			})),
		),
		...vendors.map((parts) => ({
			parts,
			id: parts.credentialTest,
			asker: `${parts.vendor.name}: the credential test`,
		})),
	].filter(isThere);
	const missing = wanted.filter(({ parts, id }) => parts.sandbox().handlers[id] === undefined);

	expect(
		missing.map(
			({ parts, id, asker }) =>
				`${asker}: the sandbox has no handler '${id}': add it to the sandbox in test/vendors/${parts.name}`,
		),
	).toEqual([]);
});

test.each(steps)(
	'what the sandbox answers to $node: $name is what the contract promises',
	async ({ node, parameters, binary }) => {
		await bench.run(node, parameters, { binary: binary && [binary] });

		expect(problems(node)).toEqual([]);
	},
);

test.each(vendors)(
	'what the sandbox answers to the credential test of $vendor.name is what the contract promises',
	async ({ name, vendor }) => {
		const { status } = await testCredential(name, bench.sandbox.credentials[vendor.credential]);

		expect([status, problems(name)]).toEqual(['OK', []]);
	},
);

/** What only triggers and a second run of a step ask for. */
const others: Call[] = [
	['woofedCrm', 'POST', '/api/v1/accounts/1/contacts/upsert', { email: 'mariana@example.com', full_name: 'Mariana' }],
	['syncroChat', 'PUT', '/api/v1/webhooks/1', { is_active: true }],
	['syncroChat', 'DELETE', '/api/v1/webhooks/1'],
];

test.each(others)('what the sandbox answers to %s %s %s is what the contract promises', async (...call) => {
	const { status } = await callTo(bench.sandbox.vendors, ...call);

	expect([status, problems(call[0])]).toEqual([200, []]);
});

// All of LeadSquared's are asked in test/sandbox/leadSquared.test.ts.
test('no operation that the sandbox plays is left out', () => {
	const all = vendors
		.filter(({ name }) => name !== 'leadSquared')
		.flatMap(({ name, sandbox }) => Object.keys(sandbox().handlers).map((id) => `${name} ${id}`));
	const unasked = all.filter((name) => !checked.has(name));

	expect(unasked.map((name) => `${name} is asked by no step: add the request to the others of this file`)).toEqual([]);
});
