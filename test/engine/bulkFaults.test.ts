import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';
import { leadSquared } from '../../nodes/LeadSquared/vendor';
import { retryPolicy } from '../../nodes/shared/http/retryPolicy';
import type { Fault } from '../sandbox/faults';
import type { Recorded } from '../sandbox/types';
import { Bench, failureIn } from '../support/run';
import {
	batchOf,
	bulkForm,
	expectHonest,
	madeBy,
	nameOf,
	refusedBy,
	rowsIn,
	seededLead,
	toldOf,
	type BulkForm,
} from './bulk';
import { faults, hasty, patient, withoutWaiting } from './faults';
import { rounds } from '../support/hostile';

const bench = new Bench();
const vendor = () => bench.sandbox.vendors.leadSquared;
withoutWaiting();

/** The window of bulk requests is LeadSquared's own, and the same for every account. */
const withBulkWindow = (seconds: number) =>
	jest.replaceProperty(leadSquared, 'bulkRate', { ...leadSquared.bulkRate!, windowMs: 1_000 * seconds });

let round = 0;
/** Items with names that no test had before. */
function newItems(
	count: number,
	leadOf: (item: number) => number = (item) => item,
): Array<IDataObject & { name: string }> {
	round += 1;
	return Array.from({ length: count }, (_, item) => ({
		name: `round ${round} item ${item}`,
		lead: seededLead(leadOf(item)),
		email: '',
	}));
}
const namesOf = (items: ReadonlyArray<{ name: string }>) => items.map(({ name }) => name);
const kinds: BulkForm[] = ['lead', 'activity', 'task'];

const matrix = kinds.flatMap((kind) =>
	faults
		.filter(({ only }) => !only || only === 'leadSquared')
		.map((row) => ({ title: `a bulk request (${kind}) and ${row.name}`, kind, ...row })),
);

describe.each(matrix)('$title', ({ kind, fault, forGood = fault, outcome, words, tellsPause = () => false }) => {
	const { retry, mayHaveBeenApplied } = retryPolicy[outcome];
	const repeated = retry === 'always';
	// A refusal that is not seen before the single items may come after some of them were carried out.
	const unsure = mayHaveBeenApplied || (outcome === 'refused' && fault.kind === 'answer' && fault.reply.status >= 500);

	/** Seven items in requests of three, three and one, of which the second meets the fault. */
	async function meet(met: typeof fault, times: number, maxTries: number, { options, credential }: typeof patient) {
		jest.replaceProperty(batchOf(kind), 'size', 3);
		withBulkWindow(credential.windowSeconds);
		const items = newItems(7);
		const isHit = (request: Pick<Recorded, 'path' | 'body'>) =>
			rowsIn(request as Recorded).some((row) => nameOf(row) === items[3].name);
		vendor().faults.add({
			...met,
			times,
			match: (request) => isHit(request) && (met.match?.(request) ?? true),
		} as Fault);
		const run = await bench.run('leadSquared', bulkForm(kind, { requestsInParallel: 1, maxTries, ...options }), {
			items,
			settings: { onError: 'continueRegularOutput' },
			credential,
		});
		const { requests } = vendor();
		return { run, items, told: toldOf(run, 7), hit: requests.filter(isHit), requests };
	}
	const onlyHit = (word: string) => ['done', 'done', 'done', word, word, word, 'done'];

	test(`once: ${repeated ? 'the whole request is repeated and succeeds' : 'its items, and no others, are reported, and it is not repeated'}`, async () => {
		const { told, hit, requests, items } = await meet(fault, 1, 5, patient);

		expect(told).toEqual(onlyHit(repeated ? 'done' : unsure ? 'doubt' : 'not'));
		expect(hit.map((request) => rowsIn(request).map(nameOf))).toEqual(
			Array(repeated ? 2 : 1).fill(namesOf(items.slice(3, 6))),
		);
		expect(requests).toHaveLength(repeated ? 4 : 3);
		expectHonest(told, namesOf(items), madeBy(requests));
	});

	test('for good: each of its items says what happened, and whether it may have been carried out', async () => {
		const { run, told, hit, requests, items } = await meet(forGood, Infinity, 2, hasty);

		expect(told).toEqual(onlyHit(unsure ? 'doubt' : 'not'));
		// What asks for a longer pause than there is patience for is not tried again at all.
		expect(hit).toHaveLength(repeated && !tellsPause('leadSquared') ? 2 : 1);
		for (const item of run.items.slice(3, 6)) {
			const { message } = failureIn(item);
			expect(message).toContain(words);
			expect(message).toContain('(in one request for 3 items)');
			expect(String(message).includes('may have been carried out')).toBe(unsure);
		}
		expectHonest(told, namesOf(items), madeBy(requests));
	});
});

test("n8n's Retry On Fail tells what its first try carried out, also of items whose turn does not come again", async () => {
	jest.replaceProperty(batchOf('lead'), 'size', 3);
	const items = newItems(6);
	vendor().faults.add({ kind: 'lostAnswer', times: 1 });

	const run = await bench.run('leadSquared', bulkForm('lead', { requestsInParallel: 2 }), {
		items,
		settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
	});

	expect(vendor().requests).toHaveLength(2);
	expect(run.error?.description).toContain('Carried out: 3 of 6 items (3-5), perhaps also 1-2');
	expectHonest(toldOf(run, 6), namesOf(items), madeBy(vendor().requests));
});

/** Faults that take no time. */
const quick = faults
	.filter(({ only, fault }) => (!only || only === 'leadSquared') && fault.kind !== 'silence')
	.map(({ fault }) => fault);

const scenario = fc.record({
	kind: fc.constantFrom<BulkForm>('lead', 'activity', 'activity', 'task'),
	size: fc.integer({ min: 1, max: 130 }),
	leads: fc.integer({ min: 1, max: 5 }),
	leadOf: fc.infiniteStream(fc.nat(4)),
	/** Items that the user sends alone, for the others to wait for. */
	alone: fc.uniqueArray(fc.nat(129), { maxLength: 12 }),
	refused: fc.uniqueArray(fc.nat(129), { maxLength: 4 }),
	sequence: fc.array(fc.option(fc.constantFrom(...quick)), { maxLength: 24 }),
	parallel: fc.integer({ min: 1, max: 8 }),
	goesOn: fc.boolean(),
	retryOnFail: fc.boolean(),
});

test('whatever goes wrong in whatever order, each item is applied once and told, or not applied and told, or told as unsure; and each lead has its activities in order', async () => {
	withBulkWindow(patient.credential.windowSeconds);
	await fc.assert(
		fc.asyncProperty(
			scenario,
			async ({ kind, size, leads, leadOf, alone, refused, sequence, parallel, goesOn, retryOnFail }) => {
				bench.sandbox.reset();
				const own = [...leadOf.take(size)].map((lead) => lead % leads);
				const items = newItems(size, (item) => own[item]).map((item, index) => ({
					...item,
					...(refused.includes(index) && refusedBy[kind]),
					together: !alone.includes(index),
				}));
				for (const fault of sequence)
					vendor().faults.add({ ...(fault ?? { kind: 'delay', ms: 0 }), times: 1 } as Fault);

				const run = await bench.run(
					'leadSquared',
					bulkForm(kind, { maxTries: 4, requestsInParallel: parallel, sendInBulk: '={{ $json.together }}' }),
					{
						items,
						settings: {
							onError: goesOn ? 'continueRegularOutput' : 'stopWorkflow',
							retryOnFail,
							maxTries: 2,
							waitBetweenTries: 1,
						},
						credential: patient.credential,
					},
				);

				const { requests } = vendor();
				const names = namesOf(items);
				const made = madeBy(requests);
				expectHonest(toldOf(run, size), names, made);
				if (!run.error)
					expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(names.map((_name, item) => ({ item })));
				if (kind !== 'activity') return;
				for (const request of requests) {
					const together = rowsIn(request).map((row) => (row as IDataObject).RelatedProspectId);
					expect(new Set(together).size).toBe(together.length);
				}
				for (let lead = 0; lead < leads; lead += 1) {
					const order = made.map((name) => names.indexOf(name)).filter((item) => own[item] === lead);
					if (!retryOnFail) expect(order).toEqual([...order].sort((a, b) => a - b));
				}
			},
		),
		{ numRuns: rounds(12) },
	);
}, 3_600_000);
