import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { MAX_RESPONSE_BYTES } from '../../nodes/shared/http/responseBody';
import type { Fault } from '../sandbox/faults';
import { quickTime } from '../support/quickTime';
import { Bench, failureIn, pack, workflowOf } from '../support/run';
import { loadOptionsContext } from './engine';
import { createTask } from './forms';

const bench = new Bench();
const TIMEOUT_S = 1;
const TIMES_AS_FAST = 5;
/** The deadline and a second of the machine's own; sooner than any server would end. */
const LATEST_END_MS = 1000 * TIMEOUT_S + 1000 * TIMES_AS_FAST;
const options = { timeout: TIMEOUT_S, maxTries: 1 };
const list = { resource: 'task', operation: 'getAll', returnAll: true, options };
const vendor = () => bench.sandbox.vendors.syncroChat;
const fail = (fault: Fault) => vendor().faults.add(fault);
const goOn = { settings: { onError: 'continueRegularOutput' as const } };

/** Milliseconds that something took, and what it gave. */
async function timed<Result>(work: Promise<Result>): Promise<{ ms: number; result: Result }> {
	const start = Date.now();
	const result = await work;
	return { ms: Date.now() - start, result };
}

/** Everything by which a server keeps a request without ever ending it, with less than the timeout between two signs of life. */
const neverEnding: Array<[string, Fault]> = [
	['answers piece by piece', { kind: 'drip', ms: 8_000 }],
	['never ends its answer', { kind: 'endless', ms: 50 }],
	['wants another protocol', { kind: 'switchingProtocols' }],
	['says nothing', { kind: 'silence' }],
];

describe.each(neverEnding)('a server that %s', (_name, fault) => {
	quickTime(TIMES_AS_FAST);

	test('is given up at the deadline by a write, which may have been carried out', async () => {
		fail(fault);

		const { ms, result } = await timed(bench.run('syncroChat', { ...createTask, options }, goOn));

		expect(ms).toBeGreaterThanOrEqual(1000 * TIMEOUT_S);
		expect(ms).toBeLessThan(LATEST_END_MS);
		expect(failureIn(result.items[0])).toMatchObject({
			message: expect.stringMatching(/did not respond within 1 s\. The request may have been carried out/),
			mayHaveBeenApplied: true,
		});
	});

	test('is given up at the deadline by a drop-down, which nobody can cancel', async () => {
		fail(fault);
		const context = loadOptionsContext(
			workflowOf('syncroChat', { resource: 'task', operation: 'create', options }),
			'CRM',
			{
				pack,
				credentials: bench.sandbox.credentials,
			},
		);
		const search = pack.nodeTypes['n8n-nodes-crm-pack.syncroChat'].methods!.listSearch!.users as (
			this: ILoadOptionsFunctions,
		) => Promise<INodeListSearchResult>;

		const { ms, result } = await timed(
			search.call(context as unknown as ILoadOptionsFunctions).catch((error: Error) => error.message),
		);

		expect(ms).toBeGreaterThanOrEqual(1000 * TIMEOUT_S);
		expect(ms).toBeLessThan(LATEST_END_MS);
		expect(result).toMatch(/^Syncro Chat did not respond within 1 s/);
	});

	test('gives its slot of the rate limit back, so that the next request is sent', async () => {
		fail({ ...fault, times: 1 });
		const credential = {
			requestsPerWindow: 1,
			windowSeconds: 0.1,
			baseUrl: vendor().url.replace('127.0.0.1', 'localhost'),
		};

		const { items } = await bench.run(
			'syncroChat',
			{ ...createTask, options },
			{ items: [{}, {}], credential, ...goOn },
		);

		expect(items.map((item) => failureIn(item).mayHaveBeenApplied)).toEqual([true, undefined]);
	});
});

describe('an answer that is too much', () => {
	test('an answer over 20 MB is not read to its end, and the error is small', async () => {
		fail({ kind: 'endless', ms: 0 });

		const { items } = await bench.run('syncroChat', { ...list, options: { timeout: 30, maxTries: 1 } }, goOn);

		expect(failureIn(items[0]).message).toBe('Syncro Chat responded with more than 20 MB');
	});

	test('a write whose answer is too large may have been carried out', async () => {
		fail({ kind: 'endless', ms: 0 });

		const { items } = await bench.run('syncroChat', { ...createTask, options: { timeout: 30 } }, goOn);

		expect(failureIn(items[0])).toMatchObject({
			message: expect.stringContaining('may have been carried out'),
			mayHaveBeenApplied: true,
		});
		expect(vendor().requests).toHaveLength(1);
	});

	test('pages that are too much together end the list', async () => {
		const note = 'x'.repeat(MAX_RESPONSE_BYTES - 1000);
		let page = 0;
		fail({
			kind: 'answer',
			match: () => Boolean((page += 1)),
			reply: {
				get body() {
					return { data: [{ id: page, note }], meta: { has_more: true } };
				},
				status: 200,
			},
		});

		const { items } = await bench.run('syncroChat', { ...list, options: { timeout: 30 } }, goOn);

		expect(failureIn(items[0]).message).toBe('The responses for this item are larger than 100 MB');
		expect(page).toBe(6);
	});

	test("a vendor's text of 5 MB is cut in the error", async () => {
		fail({
			kind: 'answer',
			reply: {
				status: 400,
				body: { message: 'x'.repeat(5_000_000), more: Array.from({ length: 9_999 }, () => 'y'.repeat(100)) },
			},
		});

		const { run } = await bench.run('syncroChat', list, goOn);

		expect(JSON.stringify(run.data.resultData.runData.CRM).length).toBeLessThan(60_000);
	});

	test('an answer that is nested without end gives words', async () => {
		fail({ kind: 'rawAnswer', status: 200, text: `${'['.repeat(10_000)}${']'.repeat(10_000)}` });

		const { items } = await bench.run('syncroChat', list, goOn);

		expect(failureIn(items[0]).message).toBe('Syncro Chat responded with JSON that is nested too deeply (status 200)');
	});
});

test.each<[string, Buffer, string]>([
	[
		'ISO-8859-1',
		Buffer.from('{"data":{"id":45,"subject":"São João"}}', 'latin1'),
		'application/json; charset=ISO-8859-1',
	],
	[
		'UTF-16 with a byte order mark',
		Buffer.from('\uFEFF{"data":{"id":45,"subject":"São João"}}', 'utf16le'),
		'application/json',
	],
	['UTF-8 with a byte order mark', Buffer.from('\uFEFF{"data":{"id":45,"subject":"São João"}}'), 'application/json'],
])('a response in %s is read', async (_encoding, text, type) => {
	fail({ kind: 'rawAnswer', status: 200, text, headers: { 'content-type': type } });

	const { items } = await bench.run(
		'syncroChat',
		{ resource: 'task', operation: 'get', id: { __rl: true, mode: 'id', value: '45' } },
		goOn,
	);

	expect(items[0].json).toMatchObject({ data: { subject: 'São João' } });
});

describe('an answer that says nothing', () => {
	const empty: Array<[string, Fault]> = [
		['204', { kind: 'answer', reply: { status: 204, body: '' } }],
		['null', { kind: 'rawAnswer', status: 200, text: 'null' }],
		['an empty body', { kind: 'rawAnswer', status: 200, text: '' }],
		['an empty object', { kind: 'rawAnswer', status: 200, text: '{}' }],
		['a number', { kind: 'rawAnswer', status: 200, text: '5' }],
	];

	test.each(empty)('%s in place of a list is no empty list', async (_name, fault) => {
		fail(fault);

		const { items } = await bench.run('syncroChat', list, goOn);

		expect(failureIn(items[0]).message).toMatch(/^The response contains no list under 'data', but /);
	});

	test.each(empty.filter(([name]) => name !== 'an empty object'))(
		'%s in place of a record says so',
		async (_name, fault) => {
			fail(fault);

			const { items } = await bench.run(
				'syncroChat',
				{ resource: 'task', operation: 'get', id: { __rl: true, mode: 'id', value: '45' } },
				goOn,
			);

			expect(failureIn(items[0]).message).toMatch(/^The response must contain a record/);
		},
	);

	test('a list with something else than records names it', async () => {
		fail({ kind: 'rawAnswer', status: 200, text: '{"data":[{"id":1},5]}' });

		const { items } = await bench.run('syncroChat', list, goOn);

		expect(failureIn(items[0]).message).toBe("Record 2 of the list under 'data' is not an object, but 5");
	});

	test.each(empty)('Find or Create does not take %s for nobody: no lead is made', async (_name, fault) => {
		fail({ ...fault, match: ({ method }) => method === 'GET' });
		const lead = {
			resource: 'lead',
			operation: 'findOrCreate',
			phone: '+5511988887777',
			name: 'Ana',
			pipeline_id: { __rl: true, mode: 'id', value: '1' },
			stage_id: { __rl: true, mode: 'id', value: '1' },
			options,
		};

		const { items } = await bench.run('syncroChat', lead, goOn);

		expect(failureIn(items[0]).message).toMatch(/^The response contains no list/);
		expect(vendor().requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test.each(empty)(
		'Create or Update of a WoofedCRM contact does not take %s for nobody: no contact is made',
		async (_name, fault) => {
			bench.sandbox.vendors.woofedCrm.faults.add({ ...fault, match: ({ path }) => path.endsWith('/search') });

			const { items } = await bench.run(
				'woofedCrm',
				{ resource: 'contact', operation: 'upsert', email: 'ana@example.com', full_name: 'Ana', options },
				goOn,
			);

			expect(failureIn(items[0]).message).toMatch(/^The response contains no list/);
			expect(bench.sandbox.vendors.woofedCrm.requests.filter(({ path }) => !path.endsWith('/search'))).toEqual([]);
		},
	);
});
