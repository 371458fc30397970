import { readFileSync } from 'node:fs';
import path from 'node:path';
import { callTo, keys, type Called } from './caller';
import { startVendor } from './server';
import { observedWoofedCrmSandbox } from '../vendors/woofedCrm/observed';
import type { ObservedVersion } from '../vendors/woofedCrm/observedState';

interface Pair {
	name: string;
	method: string;
	path: string;
	body?: unknown;
	headers?: { Authorization?: string };
	status: number;
	response: unknown;
}

const pairs = readFileSync(path.join(__dirname, '..', 'observed', 'woofedcrm.jsonl'), 'utf8')
	.trim()
	.split('\n')
	.map((line) => JSON.parse(line) as Pair);

type Unrecorded = [method: string, route: string, body: unknown];

const event = (body: object): Unrecorded => ['POST', '/deals/1/events', body];

/** Requests of the recorded run that were not written down, after the pair that they followed: later answers show what they did. */
const unrecorded: Record<string, Unrecorded[]> = {
	contact_create_labels_as_array: [
		['POST', '/contacts', {}],
		['POST', '/contacts', { full_name: 'Ana Twin', email: 'ana@example.com', phone: '+5511999990001' }],
	],
	deal_create_empty: [['POST', '/deals', { name: 'Other', pipeline_id: 1, contact_id: 2 }]],
	event_bad_scheduled_at: [
		event({ kind: 'activity', scheduled_at: '2027-01-20T14:00:00' }),
		event({ kind: 'activity', scheduled_at: '2027-01-20T14:00:00+02:00' }),
		event({ kind: 'note' }),
		event({ kind: 'activity', title: 'Done', done: true }),
		event({
			kind: 'evolution_api_message',
			app_type: 'Apps::EvolutionApi',
			app_id: 999,
			auto_done: true,
			scheduled_at: '2027-01-20T14:00:00Z',
		}),
	],
	product_create_negative: [
		['POST', '/products', { identifier: 'TXT', name: 'Text amount', amount_in_cents: '199.90' }],
	],
	deal_update_won: [['PUT', '/deals/1', { stage_id: 99999 }]],
	contact_upsert_updated: [['POST', '/contacts/upsert', { phone: '+554188880001' }]],
	contact_upsert_invalid_phone: [['POST', '/contacts/upsert', { full_name: 'No keys' }]],
};

/** Here the recording went on with a second contact of the same email address, which the version of 2026 refuses. */
const TWIN = 'contact_create_labels_as_array';
const EMPTY: Unrecorded = ['POST', '/contacts', {}];

/** The run of the recording against a fresh server: answers by the name of the pair. */
async function replay(version: ObservedVersion): Promise<Map<string, Called>> {
	const woofedCrm = await startVendor(observedWoofedCrmSandbox(version));
	const answers = new Map<string, Called>();
	for (const { name, method, path: route, body, headers } of pairs) {
		answers.set(
			name,
			await callTo(
				{ woofedCrm },
				'woofedCrm',
				method,
				route,
				body ?? undefined,
				headers?.Authorization ? { authorization: headers.Authorization } : keys.woofedCrm,
			),
		);
		const between = version === '2026' && name === TWIN ? [EMPTY, EMPTY] : (unrecorded[name] ?? []);
		for (const [before, below, given] of between)
			await callTo({ woofedCrm }, 'woofedCrm', before, `/api/v1/accounts/1${below}`, given);
	}
	await woofedCrm.close();
	return answers;
}

const RECORDED_ON = '2026-11-21T04:52';
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}-03:00$/;

/** The one thing that differs by nature: a moment of the run itself. It is compared by its form; all else, ids and planned dates too, to the letter. */
function comparable(value: unknown, isOfRun: (moment: string) => boolean): unknown {
	if (typeof value === 'string') return MOMENT.test(value) && isOfRun(value) ? 'a moment of the run' : value;
	if (Array.isArray(value)) return value.map((one) => comparable(one, isOfRun));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, comparable(member, isOfRun)]));
}

let answers: Map<string, Called>;
let later: Map<string, Called>;
const start = Date.now();

beforeAll(async () => {
	answers = await replay('2024');
	later = await replay('2026');
});

test('the recording has 40 pairs', () => {
	expect(pairs).toHaveLength(40);
});

test.each(pairs)('the sandbox answers $name as the server did', ({ name, status, response }) => {
	const answer = answers.get(name)!;

	const isOfThisRun = (moment: string) => Date.parse(moment) >= start && Date.parse(moment) <= Date.now();
	const body = comparable(answer.body, isOfThisRun);
	expect({ status: answer.status, body }).toEqual({
		status,
		body: comparable(response, (moment) => moment.startsWith(RECORDED_ON)),
	});
});

/** Properties that the version of 2026 adds to deals and to products on deals. */
const ADDED = new Set([
	'won_at',
	'lost_at',
	'lost_reason',
	'created_by_id',
	'total_deal_products_amount_in_cents',
	'deal_assignees',
	'quantity',
	'unit_amount_in_cents',
	'total_amount_in_cents',
	'product_name',
	'product_identifier',
]);

/** A response without what the page says of the version of 2026: its added properties, and times in UTC. */
function asIn2024(value: unknown, name = ''): unknown {
	if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? inMinutes(value) : value;
	if (Array.isArray(value)) return value.map((one) => asIn2024(one));
	if (typeof value !== 'object' || value === null) return value;
	const isLine = 'product_id' in value && 'deal_id' in value;
	const isEvent = name === 'additional_attributes';
	return Object.fromEntries(
		Object.entries(value)
			.filter(([key]) => isEvent || !ADDED.has(key) || (key === 'product_name' && !isLine))
			.filter(([key]) => key !== 'deal_products' || 'identifier' in value)
			.map(([key, member]) => [key, asIn2024(member, key)]),
	);
}

/** A time of the run, or a planned one as the instant that it is. */
const inMinutes = (time: string) =>
	Date.parse(time) <= Date.now() + DAY_MS && !time.startsWith('2027') ? 'a time of the run' : Date.parse(time);
const DAY_MS = 86_400_000;

/** Pairs that the page of 2026 tells otherwise, with the body that comes instead. */
const changedSince: Record<string, unknown> = {
	event_unknown_deal: { error: 'Resource could not be found' },
	deal_show_missing: { error: 'Resource could not be found' },
	contact_show_missing: { error: 'Resource could not be found' },
};

test.each(pairs.filter(({ name }) => name !== 'contact_search_blank_value'))(
	'the version of 2026 answers $name alike, but for what its page says',
	({ name, status, response }) => {
		const answer = later.get(name)!;

		expect(answer.status).toBe(status);
		expect(asIn2024(answer.body)).toEqual(name in changedSince ? changedSince[name] : asIn2024(response));
	},
);

test('the version of 2026 writes every time in UTC, and that of 2024 with the offset of its zone', () => {
	const timesOf = (all: Map<string, Called>) =>
		[...JSON.stringify([...all.values()].map(({ body }) => body)).matchAll(/\d{4}-\d\d-\d\dT[\d:.]+([^"]*)/g)].map(
			([, zone]) => zone,
		);

	expect([new Set(timesOf(answers)), new Set(timesOf(later))]).toEqual([new Set(['-03:00']), new Set(['Z'])]);
});
