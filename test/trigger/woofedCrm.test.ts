import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { events } from '../../nodes/WoofedCrm/events';
import { credentialOf, hosts, SECRET } from './support';

const open = hosts();
const listen = async (parameters: IDataObject, credentials = {}) => await open({ node: 'woofedCrmTrigger', parameters, credentials });

/** What a real server sent. */
const recorded = readFileSync(path.join(__dirname, '..', 'observed', 'woofedcrm-webhooks.jsonl'), 'utf8')
	.trim()
	.split('\n')
	.map((line) => JSON.parse(line) as { name: string; headers: Record<string, string>; body: IDataObject & { data: IDataObject } });

const wanted: Record<string, string> = {
	contact_created: 'contact_created',
	event_created_deal_opened: 'event_created',
	event_created_activity: 'activity_created',
	event_updated_chatwoot_message: 'event_updated',
	event_updated_evolution_api_message: 'event_updated',
	event_created_deal_product_added: 'product_added',
	event_created_deal_stage_change: 'event_created',
	event_created_deal_won: 'event_created',
	contact_updated: 'contact_updated',
};

test.each(recorded)('the recorded webhook $name comes out as the right event, with its record', async ({ name, headers, body }) => {
	const { host, send } = await listen({ events: Object.keys(events) });

	const { status } = await send(body, { 'content-type': headers['Content-Type'] });

	expect(status).toBe(200);
	expect(host.runs).toEqual([[{ json: { event: wanted[name], record: body.data } }]]);
});

test('nine webhooks of a real server are there', () => {
	expect(recorded.map(({ name }) => name).sort()).toEqual(Object.keys(wanted).sort());
});

const deal = (changed: IDataObject) => {
	const changes = Object.entries(changed).map(([name, value]) => ({ [name]: { previous_value: null, current_value: value } }));
	return { event: 'deal_updated', data: { id: 1, stage_id: 3, from_me: undefined, ...changed, changed_attributes: changes } };
};

test.each([
	['deal_won', deal({ status: 'won' })],
	['deal_lost', deal({ status: 'lost' })],
	['deal_reopened', deal({ status: 'open' })],
	['deal_moved', deal({ stage_id: 2 })],
	['message_received', { event: 'event_created', data: { id: 2, kind: 'evolution_api_message', from_me: false } }],
	['note_created', { event: 'event_created', data: { id: 2, kind: 'note', from_me: true } }],
])('%s is told from the event that it is a kind of, also where both are chosen', async (event, body) => {
	const { host, send } = await listen({ events: [event, body.event] });

	await send(body);

	expect(host.runs.map(([{ json }]) => json.event)).toEqual([event]);
});

test('a deal that was won before and changes in something else is not won again', async () => {
	const { host, send } = await listen({ events: ['deal_won'] });

	const { status } = await send({
		event: 'deal_updated',
		data: { id: 1, status: 'won', changed_attributes: [{ name: { previous_value: 'A', current_value: 'B' } }] },
	});
	await send({ event: 'deal_updated', data: { id: 1, status: 'won', changed_attributes: null } });

	expect(status).toBe(200);
	expect(host.runs).toEqual([]);
});

test('an event that was not chosen is taken and starts no run', async () => {
	const { host, send } = await listen({ events: ['deal_won'] });

	const { status } = await send(recorded[0].body);

	expect(status).toBe(200);
	expect(host.runs).toEqual([]);
});

test("'Any Event' takes those too that a later version of WoofedCRM brings", async () => {
	const { host, send } = await listen({ events: ['*'] });

	await send({ event: 'deal_deleted', data: { id: 1 } });

	expect(host.runs).toEqual([[{ json: { event: 'deal_deleted', record: { id: 1 } } }]]);
});

describe('filters', () => {
	test.each<[string, IDataObject, IDataObject, number]>([
		['a stage that the deal came into', { stages: '2, 3' }, deal({ stage_id: 2 }), 1],
		['a stage that the deal is not in', { stages: '5' }, deal({ stage_id: 2 }), 0],
		['an attribute that changed', { changedAttributes: 'name, stage_id' }, deal({ stage_id: 2 }), 1],
		['an attribute that did not change', { changedAttributes: 'name' }, deal({ stage_id: 2 }), 0],
		['own entries left out: one from this side', { ignoreOwn: true }, { event: 'event_created', data: { id: 1, kind: 'note', from_me: true } }, 0],
		[
			'own entries left out: one from the customer',
			{ ignoreOwn: true },
			{ event: 'event_created', data: { id: 1, kind: 'chatwoot_message', from_me: false } },
			1,
		],
		['own entries not left out', { ignoreOwn: false }, { event: 'event_created', data: { id: 1, kind: 'note', from_me: true } }, 1],
	])('%s', async (_what, filters, body, runs) => {
		const { host, send } = await listen({ events: ['deal_updated', 'event_created'], filters });

		await send(body);

		expect(host.runs).toHaveLength(runs);
	});
});

describe('a secret in the address', () => {
	const parameters = { events: ['*'] };
	const body = { event: 'deal_created', data: { id: 1 } };

	test.each([
		['the right one', `?secret=${encodeURIComponent(SECRET)}`, 200, 1],
		['a wrong one', '?secret=wrong', 401, 0],
		['one with more behind it', `?secret=${encodeURIComponent(SECRET)}x`, 401, 0],
		['none', '', 401, 0],
		['an empty one', '?secret=', 401, 0],
	])('%s', async (_what, query, status, runs) => {
		const { host, send } = await listen(parameters, credentialOf('woofedCrm', SECRET));

		expect(await send(body, {}, query)).toMatchObject({ status, ...(status === 401 ? { text: 'Unauthorized' } : {}) });
		expect(host.runs).toHaveLength(runs);
		expect(JSON.stringify(host.runs)).not.toContain(SECRET);
	});

	test('is not asked for where the credential holds none, or there is no credential', async () => {
		const without = await listen(parameters);
		const blank = await listen(parameters, credentialOf('woofedCrm'));

		expect([(await without.send(body)).status, (await blank.send(body)).status]).toEqual([200, 200]);
	});
});
