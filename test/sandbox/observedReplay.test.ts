import { readFileSync } from 'node:fs';
import path from 'node:path';
import { callTo, keys, type Called } from './caller';
import { startVendor } from './server';
import { observedWoofedCrmSandbox } from './vendors/woofedCrmObserved';

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
		event({ kind: 'evolution_api_message', app_type: 'Apps::EvolutionApi', app_id: 999, auto_done: true, scheduled_at: '2027-01-20T14:00:00Z' }),
	],
	product_create_negative: [['POST', '/products', { identifier: 'TXT', name: 'Text amount', amount_in_cents: '199.90' }]],
	deal_update_won: [['PUT', '/deals/1', { stage_id: 99999 }]],
	contact_upsert_updated: [['POST', '/contacts/upsert', { phone: '+554188880001' }]],
	contact_upsert_invalid_phone: [['POST', '/contacts/upsert', { full_name: 'No keys' }]],
};

/** The run of the recording against a fresh server: answers by the name of the pair. */
async function replay(): Promise<Map<string, Called>> {
	const woofedCrm = await startVendor(observedWoofedCrmSandbox());
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
		for (const [before, below, given] of unrecorded[name] ?? []) await callTo({ woofedCrm }, 'woofedCrm', before, `/api/v1/accounts/1${below}`, given);
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
const start = Date.now();

beforeAll(async () => {
	answers = await replay();
});

test('the recording has 40 pairs', () => {
	expect(pairs).toHaveLength(40);
});

test.each(pairs)('the sandbox answers $name as the server did', ({ name, status, response }) => {
	const answer = answers.get(name)!;

	const isOfThisRun = (moment: string) => Date.parse(moment) >= start && Date.parse(moment) <= Date.now();
	const body = comparable(answer.body, isOfThisRun);
	expect({ status: answer.status, body }).toEqual({ status, body: comparable(response, (moment) => moment.startsWith(RECORDED_ON)) });
});
