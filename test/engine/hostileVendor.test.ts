import fc from 'fast-check';
import type { IDataObject, ILoadOptionsFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Fault } from '../sandbox/faults';
import type { Recorded } from '../sandbox/types';
import { anyJson, anyStatus, namedOne, rounds, WORDS_OF_THE_LANGUAGE } from '../support/hostile';
import { Bench, failureIn, pack, workflowOf, type NodeName } from '../support/run';
import { loadOptionsContext } from './engine';
import { isRead, steps, type Step } from './samples/steps';

const bench = new Bench();

// Pauses of our own have full jitter, so that a random number of 0 takes the waiting out of the tests.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

const nameOf = ({ node, name }: Step) => `${node}: ${name}`;

const isWrite = ({ method, path }: Pick<Recorded, 'method' | 'path'>) => method !== 'GET' && !path.endsWith('/search');

/** A random answer: to a request that was carried out, unless it says by itself that it was not. */
function faultOf({ place: { parts } }: Step, status: number, body: unknown): Fault {
	const { kind } =
		status < 300 || status >= 400 ? parts.vendor.readResponse({ status, headers: {}, body }) : { kind: 'broken' };
	fc.pre(kind !== 'rateLimited');
	return {
		kind: kind === 'refused' ? 'answer' : 'answerAfter',
		match: isWrite,
		reply: { status, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
	};
}

/** Words that a user reads. */
const wordsOf = (errors: INodeExecutionData[], hints: string[], error?: { message: string; description?: string }) =>
	[
		...errors.flatMap((item) => [failureIn(item).message, failureIn(item).description]),
		...hints,
		error?.message,
		error?.description,
	]
		.filter(Boolean)
		.join('\n');

test('whatever a vendor answers to a write that must not be repeated, with Retry On Fail on, nothing is written twice, and what may have been written is told', async () => {
	await fc.assert(
		fc.asyncProperty(
			namedOne(
				steps.filter(({ place }) => place.operation.effect === 'writes'),
				nameOf,
			),
			anyStatus,
			anyJson,
			fc.boolean(),
			async (step, status, body, stops) => {
				const { node, parameters, binary } = step;
				bench.sandbox.reset();
				const fault = faultOf(step, status, body);
				bench.sandbox.vendors[node].faults.add(fault);

				const { items, error, hints } = await bench.run(
					node,
					{ ...parameters, options: { timeout: 5 } },
					{
						binary: binary && [binary],
						settings: {
							onError: stops ? 'stopWorkflow' : 'continueRegularOutput',
							retryOnFail: true,
							maxTries: 3,
							waitBetweenTries: 1,
						},
					},
				);

				const written = bench.sandbox.vendors[node].requests
					.filter((request) => request.applied && isWrite(request))
					.map(({ method, path }) => `${method} ${path}`);
				expect(written).toEqual([...new Set(written)]);
				const told =
					failureIn(items[0]).mayHaveBeenApplied ??
					(error?.context.data as IDataObject | undefined)?.mayHaveBeenApplied;
				const failed = error !== undefined || items.some(({ json }) => json.error);
				if (failed && written.length > 0) expect(told).toBe(true);
				if (failed && fault.kind === 'answer') expect(told).toBeUndefined();
				expect(wordsOf(items, hints, error)).not.toMatch(WORDS_OF_THE_LANGUAGE);
			},
		),
		{ numRuns: rounds(250) },
	);
}, 600_000);

test('whatever a vendor answers to a read, it comes out as records or as words', async () => {
	await fc.assert(
		fc.asyncProperty(namedOne(steps.filter(isRead), nameOf), anyStatus, anyJson, async (step, status, body) => {
			bench.sandbox.reset();
			bench.sandbox.vendors[step.node].faults.add({
				...faultOf(step, status, body),
				kind: 'answer',
				match: undefined,
			} as Fault);

			const { items, hints } = await bench.run(
				step.node,
				{ ...step.parameters, options: { timeout: 5, maxTries: 1 } },
				{ settings: { onError: 'continueRegularOutput' } },
			);

			expect(wordsOf(items, hints)).not.toMatch(WORDS_OF_THE_LANGUAGE);
		}),
		{ numRuns: rounds(200) },
	);
}, 600_000);

/** Every method of every node that the editor calls. */
const lists = Object.entries(pack.nodeTypes)
	.filter(([type]) => !type.endsWith('Trigger'))
	.flatMap(([type, { methods = {} }]) =>
		(['listSearch', 'loadOptions', 'resourceMapping'] as const).flatMap((kind) =>
			Object.keys(methods[kind] ?? {}).map((method) => ({ node: type.split('.')[1] as NodeName, kind, method })),
		),
	);

test('whatever a vendor answers to a drop-down, it comes out as entries or as words', async () => {
	await fc.assert(
		fc.asyncProperty(
			namedOne(lists, ({ node, method }) => `${node}: ${method}`),
			anyStatus,
			anyJson,
			async ({ node, kind, method }, status, body) => {
				bench.sandbox.reset();
				bench.sandbox.vendors[node].faults.add({
					kind: 'answer',
					reply: { status, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
				});
				const context = loadOptionsContext(
					workflowOf(node, { resource: 'task', operation: 'create', options: { maxTries: 1 } }),
					'CRM',
					{
						pack,
						credentials: bench.sandbox.credentials,
					},
				);
				const list = pack.nodeTypes[`n8n-nodes-crm-pack.${node}`].methods![kind]![method] as (
					this: ILoadOptionsFunctions,
					filter?: string,
				) => Promise<unknown>;

				const ending = await list
					.call(context as unknown as ILoadOptionsFunctions, 'a')
					.catch((error: Error) => error.message);

				expect(JSON.stringify(ending)).not.toMatch(WORDS_OF_THE_LANGUAGE);
			},
		),
		{ numRuns: rounds(200) },
	);
}, 600_000);
