import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';
import { retryPolicy } from '../../nodes/shared/http/retryPolicy';
import type { Fault } from '../sandbox/faults';
import { Bench, failureIn, type NodeName } from '../support/run';
import { faults, hasty, patient, withoutWaiting } from './faults';
import { rounds } from '../support/hostile';

const bench = new Bench();

withoutWaiting();

interface OperationRow {
	name: string;
	node: NodeName;
	parameters: IDataObject;
	/** May be repeated after anything. */
	safe: boolean;
	write: boolean;
}

const id = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
const appointment = {
	resource: 'task',
	operation: 'createAppointment',
	Name: '={{ $json.name }}',
	TaskType: { __rl: true, mode: 'name', value: 'Meeting' },
	owner: { __rl: true, mode: 'email', value: 'taskowner@example.com' },
	RelatedEntity: 'none',
};

/** Every kind of operation: reads, lists, writes that may and that must not be repeated. */
const operations: OperationRow[] = [
	{
		name: 'a read',
		node: 'syncroChat',
		parameters: { resource: 'task', operation: 'get', id },
		safe: true,
		write: false,
	},
	{
		name: 'a list',
		node: 'syncroChat',
		parameters: { resource: 'task', operation: 'getAll', limit: 1 },
		safe: true,
		write: false,
	},
	{
		name: 'an idempotent write',
		node: 'syncroChat',
		parameters: { resource: 'task', operation: 'complete', id },
		safe: true,
		write: true,
	},
	{
		name: 'a create',
		node: 'syncroChat',
		parameters: {
			resource: 'task',
			operation: 'create',
			subject: '={{ $json.name }}',
			type: 'call',
			due_date: '2026-07-01',
		},
		safe: false,
		write: true,
	},
	{
		name: 'a toggle',
		node: 'syncroChat',
		parameters: { resource: 'task', operation: 'toggle', id },
		safe: false,
		write: true,
	},
	{
		name: 'a create by a vendor with statuses of its own',
		node: 'leadSquared',
		parameters: appointment,
		safe: false,
		write: true,
	},
];

const matrix = operations.flatMap((operation) =>
	faults
		.filter(({ only }) => !only || only === operation.node)
		.map((fault) => ({ title: `${operation.name} and ${fault.name}`, operation, ...fault })),
);
const options = (maxTries: number) => ({ options: { maxTries } });

/** A task to work on. */
async function newTask(): Promise<IDataObject> {
	const { items } = await bench.run('syncroChat', {
		resource: 'task',
		operation: 'create',
		subject: 'x',
		type: 'call',
		due_date: '2026-07-01',
	});
	bench.sandbox.reset();
	return { id: items[0].json.id, name: 'unique' };
}

const run = async (
	{ node, parameters }: OperationRow,
	item: IDataObject,
	maxTries: number,
	{ options: wait, credential }: typeof patient,
) =>
	await bench.run(
		node,
		{ ...parameters, options: { maxTries, ...wait } },
		{ items: [item], settings: { onError: 'continueRegularOutput' }, credential },
	);

describe.each(matrix)('$title', ({ operation, fault, forGood = fault, outcome, words, tellsPause = () => false }) => {
	const { retry, mayHaveBeenApplied } = retryPolicy[outcome];
	const repeated = retry === 'always' || (retry === 'safe' && operation.safe);

	test(`once: ${repeated ? 'is repeated and succeeds' : 'is reported and not repeated'}`, async () => {
		const item = await newTask();
		bench.sandbox.vendors[operation.node].faults.add({ ...fault, times: 1 } as Fault);

		const { items } = await run(operation, item, 5, patient);

		const { requests } = bench.sandbox.vendors[operation.node];
		expect(requests).toHaveLength(repeated ? 2 : 1);
		expect(items.map(({ json }) => typeof json.error)).toEqual([repeated ? 'undefined' : 'object']);
		if (!operation.safe) expect(requests.filter(({ applied }) => applied).length).toBeLessThanOrEqual(1);
	});

	test('for good: ends with words that say what happened, and whether it may have been carried out', async () => {
		const item = await newTask();
		bench.sandbox.vendors[operation.node].faults.add(forGood as Fault);

		const { items } = await run(operation, item, 2, hasty);

		const { message, mayHaveBeenApplied: told = false } = failureIn(items[0]);
		const unsure = operation.write && mayHaveBeenApplied;
		expect(message).toContain(words);
		expect(String(message).includes('may have been carried out')).toBe(unsure);
		expect(told).toBe(unsure);
		// What asks for a longer pause than there is patience for is not tried again at all.
		expect(bench.sandbox.vendors[operation.node].requests).toHaveLength(
			repeated && !tellsPause(operation.node) ? 2 : 1,
		);
	});
});

describe.each(operations)('$name and a vendor that is not there', (operation) => {
	test.each([
		['refused connections', 'http://127.0.0.1:9', '127.0.0.1:9'],
		['a host without an address', 'https://crm.invalid', 'crm.invalid'],
	])('%s are tried again and then reported; nothing was carried out', async (_name, baseUrl, host) => {
		const { items } = await bench.run(
			operation.node,
			{ ...operation.parameters, ...options(3) },
			{ items: [{ id: 1, name: 'x' }], settings: { onError: 'continueRegularOutput' }, credential: { baseUrl } },
		);

		expect(failureIn(items[0]).message).toBe(`Could not connect to ${host} (3 tries)`);
		expect(failureIn(items[0])).not.toHaveProperty('mayHaveBeenApplied');
	});
});

test('whatever goes wrong in whatever order, each item is applied once and reported, or not applied and reported, or reported as unsure', async () => {
	const create = {
		resource: 'task',
		operation: 'create',
		subject: '={{ $json.name }}',
		type: 'call',
		due_date: '2026-07-01',
		...options(4),
	};
	const quick = faults.filter(({ only, fault }) => !only && fault.kind !== 'silence').map(({ fault }) => fault);
	let round = 0;

	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.option(fc.constantFrom(...quick)), { minLength: 1, maxLength: 24 }),
			fc.integer({ min: 1, max: 8 }),
			async (sequence, parallel) => {
				bench.sandbox.reset();
				const names = Array.from({ length: 8 }, (_, index) => `round ${(round += 1)} item ${index}`);
				const { faults: waiting, requests } = bench.sandbox.vendors.syncroChat;
				for (const fault of sequence) waiting.add({ ...(fault ?? { kind: 'delay', ms: 0 }), times: 1 } as Fault);

				const { items } = await bench.run(
					'syncroChat',
					{ ...create, options: { maxTries: 4, requestsInParallel: parallel } },
					{
						items: names.map((name) => ({ name })),
						settings: { onError: 'continueRegularOutput' },
						credential: patient.credential,
					},
				);

				expect(items).toHaveLength(names.length);
				names.forEach((name, index) => {
					const applied = requests.filter(
						(request) => request.applied && (request.body as IDataObject).subject === name,
					).length;
					const { message, mayHaveBeenApplied } = failureIn(items[index]);
					if (!message) expect(applied).toBe(1);
					else if (mayHaveBeenApplied) expect(applied).toBeLessThanOrEqual(1);
					else expect(applied).toBe(0);
				});
			},
		),
		{ numRuns: rounds(20) },
	);
}, 3_600_000);
