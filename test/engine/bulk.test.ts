import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';
import { leadSquared } from '../../nodes/LeadSquared/vendor';
import type { Recorded } from '../sandbox/types';
import { Bench, failureIn } from '../support/run';
import {
	bulkForm,
	expectHonest,
	madeBy,
	rowsIn,
	refusedBy,
	seededLead,
	toldOf,
	type BulkForm,
	type Told,
} from './bulk';
import { rounds } from '../support/hostile';

const bench = new Bench();
const vendor = () => bench.sandbox.vendors.leadSquared;
afterEach(() => jest.restoreAllMocks());
const goesOn = { settings: { onError: 'continueRegularOutput' as const } };

describe('1,000 leads of which 3 % have the e-mail of another', () => {
	const COUNT = 1_000;
	/** The limits of LeadSquared, 25 and 5 requests in 5 seconds, at a tenth of the time. */
	const windowMs = 500;
	const isBad = (item: number) => item % 33 === 32;
	const bad = Array.from({ length: COUNT }, (_, item) => item).filter(isBad);
	const good = Array.from({ length: COUNT }, (_, item) => item).filter((item) => !isBad(item));
	let round = 0;

	async function run(
		onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput',
		options: IDataObject = {},
	) {
		round += 1;
		const emailOf = (item: number) => `person${item}-${round}@example.com`;
		// Each bad row repeats the address of the row before, which is in the same request.
		const items = Array.from({ length: COUNT }, (_, item) => ({
			name: `lead ${item}-${round}`,
			email: emailOf(isBad(item) ? item - 1 : item),
		}));
		jest.replaceProperty(leadSquared, 'bulkRate', { requests: 5, windowMs });
		vendor().setLimit({ requests: 25, windowMs });
		vendor().setBulkLimit({ requests: 5, windowMs });
		const result = await bench.run('leadSquared', bulkForm('lead', options), {
			items,
			settings: { onError },
			credential: { requestsPerWindow: 25, windowSeconds: windowMs / 1000 },
		});
		return {
			...result,
			items,
			output: result.items,
			requests: vendor().requests,
			refusal: (item: number) => refusalOf(emailOf(item - 1)),
		};
	}
	const refusalOf = (email: string) => ({
		message: `LeadSquared refused the request: A Lead with same EmailAddress already exists: '${email}'`,
		code: 'MXDuplicateEntryException',
	});
	/** IDs by the places of the rows in the requests. */
	const idsIn = (requests: readonly Recorded[]) =>
		new Map(
			requests.flatMap((request) =>
				rowsIn(request).map((row, index) => [
					(row as Array<{ Value: string }>)[0].Value,
					(request.answer?.body as Array<{ LeadId: string }>)[index].LeadId,
				]),
			),
		);

	test('are few requests, none of which the limit refuses; each bad row fails with its own words, and each other has its own ID, in the order of the input', async () => {
		const { items, output, requests, refusal } = await run('continueRegularOutput');
		const ids = idsIn(requests);

		expect(requests.length).toBeLessThanOrEqual(40);
		expect(requests.map(({ status }) => status)).toEqual(requests.map(() => 200));
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_item, item) => ({ item })));
		expect(bad.map((item) => failureIn(output[item]))).toEqual(bad.map(refusal));
		expect(good.map((item) => output[item].json)).toEqual(good.map((item) => ({ Id: ids.get(items[item].name) })));
		expect(new Set(good.map((item) => output[item].json.Id)).size).toBe(good.length);
		expectHonest(
			toldOf({ items: output }, COUNT),
			items.map(({ name }) => name),
			madeBy(requests),
		);
	});

	test('leave by the two outputs, each in the order of the input', async () => {
		const { items, output, errors, requests, refusal } = await run('continueErrorOutput');
		const ids = idsIn(requests);

		expect(requests.map(({ status }) => status)).toEqual(Array(20).fill(200));
		expect(output.map(({ json, pairedItem }) => [json.Id, pairedItem])).toEqual(
			good.map((item) => [ids.get(items[item].name), { item }]),
		);
		expect(errors.map((error) => failureIn(error))).toEqual(bad.map((item) => expect.objectContaining(refusal(item))));
	});

	test.each([1, 4])(
		'stop the node at the first bad row with %p at a time, and it tells exactly which were made',
		async (requestsInParallel) => {
			const { items, error, output, requests } = await run('stopWorkflow', { requestsInParallel });

			expect(error?.message).toMatch(
				/^LeadSquared refused the request: A Lead with same EmailAddress already exists: .* \[item \d+\]$/,
			);
			expect(isBad(error?.context.itemIndex as number)).toBe(true);
			expect(requests.length).toBeLessThanOrEqual(requestsInParallel);
			const told = toldOf({ items: output, error }, COUNT);
			expect(told.filter((word) => word === 'done').length).toBeGreaterThanOrEqual(49);
			expectHonest(
				told,
				items.map(({ name }) => name),
				madeBy(requests),
			);
		},
	);
});

describe('receipts that lie', () => {
	type Row = Record<string, unknown>;
	const done = { lead: 'LeadCreated', activity: 'ActivityCreated' };
	type Kind = keyof typeof done & BulkForm;
	const id = { lead: 'LeadId', activity: 'ProspectActivityId' };
	let round = 0;

	/** Receipts of the truth, in which one item was refused. */
	const truth = (kind: Kind, count: number, refused: number): Row[] =>
		Array.from({ length: count }, (_, item) => ({
			RowNumber: item + 1,
			[id[kind]]: item === refused ? '' : `id ${item}`,
			[done[kind]]: item !== refused,
			...(item === refused && { ExceptionType: 'MXNo', ExceptionMessage: 'No' }),
		}));

	/** Sends items of which one is refused, and lies in the answer. */
	async function tellOf(kind: Kind, lie: (rows: Row[]) => unknown[], count = 4, refused = 2): Promise<Told[]> {
		round += 1;
		const items = Array.from({ length: count }, (_, item) => ({
			name: `lie ${round} item ${item}`,
			lead: seededLead(item),
			email: '',
			...(item === refused && refusedBy[kind]),
		}));
		const rows = lie(truth(kind, count, refused));
		vendor().faults.add({
			kind: 'rawAnswer',
			status: 200,
			text: JSON.stringify(kind === 'lead' ? rows : { Status: 'Success', Response: rows }),
		});
		const { items: output } = await bench.run('leadSquared', bulkForm(kind), { items, ...goesOn });
		const { requests } = vendor();
		expect(requests).toHaveLength(1);
		const told = toldOf({ items: output }, count);
		expectHonest(
			told,
			items.map(({ name }) => name),
			madeBy(requests),
		);
		return told;
	}
	const [D, N, Q] = ['done', 'not', 'doubt'] as const;
	const change = (item: number, more: Row) => (rows: Row[]) =>
		rows.map((row, index) => (index === item ? { ...row, ...more } : row));
	const none = [Q, Q, Q, Q];

	test.each<[string, (rows: Row[], kind: Kind) => unknown[], Told[], Told[]]>([
		['the truth', (rows) => rows, [D, D, N, D], [D, D, N, D]],
		['rows in another order', (rows) => [...rows].reverse(), [D, D, N, D], [D, D, N, D]],
		['a missing row', (rows) => rows.slice(1), [Q, D, N, D], [Q, D, N, D]],
		['a row that comes twice', (rows) => [...rows, rows[0]], [Q, D, N, D], [Q, D, N, D]],
		[
			'two rows that contradict each other',
			(rows, kind) => [...rows, { ...rows[0], RowNumber: 3, [id[kind]]: 'x' }],
			[D, D, Q, D],
			[D, D, Q, D],
		],
		[
			'a row of another number twice in place of its own',
			(rows) => change(3, { RowNumber: 2 })(rows),
			[D, Q, N, Q],
			[D, Q, N, Q],
		],
		['a row out of range', (rows) => change(3, { RowNumber: 5 })(rows), none, none],
		['more rows than were sent', (rows) => [...rows, { ...rows[3], RowNumber: 5 }], none, none],
		[
			'rows that are counted from 0',
			(rows) => rows.map((row) => ({ ...row, RowNumber: Number(row.RowNumber) - 1 })),
			none,
			none,
		],
		['a number that is none', (rows) => change(1, { RowNumber: [2] })(rows), none, none],
		['no rows', () => [], none, none],
		['rows that are null', (rows) => rows.map(() => null), none, none],
		['null in place of one row', (rows) => [rows[0], null, ...rows.slice(2)], none, [D, Q, N, D]],
		['a success that is text', (rows, kind) => change(1, { [done[kind]]: 'true' })(rows), [D, Q, N, D], [D, Q, N, D]],
		[
			'a success with a reason why not',
			(rows) => change(1, { ExceptionMessage: 'No' })(rows),
			[D, Q, N, D],
			[D, Q, N, D],
		],
		['an ID that is a number', (rows, kind) => change(1, { [id[kind]]: 7 })(rows), [D, Q, N, D], [D, D, N, D]],
		['an ID that is null', (rows, kind) => change(1, { [id[kind]]: null })(rows), [D, Q, N, D], [D, D, N, D]],
	])('%s: no item is told to be done, or not done, of which nobody knows', async (_name, lie, leads, activities) => {
		expect(await tellOf('lead', (rows) => lie(rows, 'lead'))).toEqual(leads);
		bench.sandbox.reset();
		expect(await tellOf('activity', (rows) => lie(rows, 'activity'))).toEqual(activities);
	});

	test('whatever is lost, doubled, mixed up or renumbered on the way, what is told of an item is true or a doubt', async () => {
		const chosen = fc.infiniteStream(fc.nat(9));
		const lies: Array<(rows: Row[], numbers: Iterator<number>) => unknown[]> = [
			(rows, numbers) => rows.filter(() => numbers.next().value % 3 > 0),
			(rows, numbers) => rows.flatMap((row) => (numbers.next().value % 3 > 0 ? [row] : [row, row])),
			(rows, numbers) =>
				rows
					.map((row) => [numbers.next().value, row] as const)
					.sort(([a], [b]) => a - b)
					.map(([, row]) => row),
			(rows, numbers) => rows.map((row) => (numbers.next().value % 3 > 0 ? row : null)),
			(rows, numbers) => {
				const by = (numbers.next().value % 5) - 2;
				return rows.map((row) => ({ ...row, RowNumber: Number(row.RowNumber) + by }));
			},
			(rows) => [...rows, { ...rows[0], RowNumber: rows.length + 1 }],
		];

		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom<Kind>('lead', 'activity'),
				fc.constantFrom(...lies),
				chosen,
				fc.integer({ min: 2, max: 25 }),
				fc.nat(24),
				async (kind, lie, numbers, count, refused) => {
					bench.sandbox.reset();
					await tellOf(kind, (rows) => lie(rows, numbers), count, refused % count);
				},
			),
			{ numRuns: rounds(15) },
		);
	}, 3_600_000);

	test.each([
		{ Status: 'Success', Message: { IsSuccessful: null, Id: 7 } },
		{ Status: 'success' },
		{ status: 'Success' },
		[],
		null,
		'Success',
		{ Message: { IsSuccessful: true } },
	])('tasks whose bulk request is answered by %j are accepted only where it says so', async (body) => {
		vendor().faults.add({ kind: 'rawAnswer', status: 200, text: JSON.stringify(body) });

		const { items } = await bench.run('leadSquared', bulkForm('task'), {
			items: [{ name: 'a' }, { name: 'b' }],
			...goesOn,
		});

		const isAccepted = (body as IDataObject | null)?.Status === 'Success';
		expect(toldOf({ items }, 2)).toEqual(isAccepted ? [D, D] : [Q, Q]);
	});
});
