import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { events } from '../../nodes/WoofedCrm/events';
import { credentialOf, hosts, SECRET } from './support';

const open = hosts();
const listen = async (parameters: IDataObject, credentials = {}) =>
	await open({ node: 'woofedCrmTrigger', parameters, credentials });

/** What a real server sent. */
const recorded = readFileSync(path.join(__dirname, '..', 'observed', 'woofedcrm-webhooks.jsonl'), 'utf8')
	.trim()
	.split('\n')
	.map(
		(line) =>
			JSON.parse(line) as { name: string; headers: Record<string, string>; body: IDataObject & { data: IDataObject } },
	);

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

test.each(recorded)(
	'the recorded webhook $name comes out as the right event, with its record',
	async ({ name, headers, body }) => {
		const { host, send } = await listen({ events: Object.keys(events) });

		const { status } = await send(body, { 'content-type': headers['Content-Type'] });

		expect(status).toBe(200);
		expect(host.runs).toEqual([[{ json: { event: wanted[name], record: body.data } }]]);
	},
);

test('nine webhooks of a real server are there', () => {
	expect(recorded.map(({ name }) => name).sort()).toEqual(Object.keys(wanted).sort());
});

const deal = (changed: IDataObject) => {
	const changes = Object.entries(changed).map(([name, value]) => ({
		[name]: { previous_value: null, current_value: value },
	}));
	return {
		event: 'deal_updated',
		data: { id: 1, stage_id: 3, from_me: undefined, ...changed, changed_attributes: changes },
	};
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

test('an ID of more digits than JavaScript holds comes out as text', async () => {
	const { host, send } = await listen({ events: ['contact_created'] });

	await send('{"event":"contact_created","data":{"id":12345678901234567890,"full_name":"Ana"}}');

	expect(host.runs.map(([{ json }]) => json.record)).toEqual([{ id: '12345678901234567890', full_name: 'Ana' }]);
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

describe('a message that was sent', () => {
	const at = '2026-11-21T04:52:46.176Z';
	const doneNow = [{ done_at: { previous_value: null, current_value: at } }];
	/** A delivery about a message, as it was observed when the gateway took it. */
	const message = (event: string, members: IDataObject = {}) => ({
		event,
		data: {
			id: 8,
			kind: 'chatwoot_message',
			from_me: true,
			done_at: at,
			done: true,
			additional_attributes: { chatwoot_id: 771, chatwoot_conversation_id: 3 },
			changed_attributes: event === 'event_updated' ? doneNow : [{ id: { previous_value: null, current_value: 8 } }],
			...members,
		},
	});
	const byWhatsapp = { kind: 'evolution_api_message', additional_attributes: { message_id: '3EB0538D' } };

	test.each<[string, IDataObject, number]>([
		['by Chatwoot, on the way from a node', message('event_updated'), 1],
		['by WhatsApp, on the way from a node', message('event_updated', byWhatsapp), 1],
		[
			'by Chatwoot, which refused it',
			message('event_updated', { additional_attributes: { chatwoot_id: null, chatwoot_conversation_id: null } }),
			0,
		],
		[
			'by WhatsApp, without an ID of the gateway',
			message('event_updated', { ...byWhatsapp, additional_attributes: {} }),
			0,
		],
		[
			'by WhatsApp, with the ID of another gateway',
			message('event_updated', { ...byWhatsapp, additional_attributes: { chatwoot_id: 771 } }),
			0,
		],
		['in a delivery without attributes', message('event_updated', { additional_attributes: null }), 0],
		['by the customer', message('event_updated', { from_me: false }), 0],
		[
			'before, and something else changed',
			message('event_updated', { changed_attributes: [{ status: { previous_value: null, current_value: 'read' } }] }),
			0,
		],
		[
			'before, and is open again',
			message('event_updated', { changed_attributes: [{ done_at: { previous_value: at, current_value: null } }] }),
			0,
		],
		['before, and nothing changed', message('event_updated', { changed_attributes: null }), 0],
		['by a person in Chatwoot', message('event_created'), 1],
		['by a person on the phone', message('event_created', byWhatsapp), 1],
		['by the customer in Chatwoot', message('event_created', { from_me: false }), 0],
		['by Chatwoot itself, such as a note on the conversation', message('event_created', { from_me: null }), 0],
		[
			'and still waits for its time',
			message('event_created', { done_at: null, done: false, additional_attributes: {} }),
			0,
		],
		['and waits although the gateway has an ID for it', message('event_created', { done_at: null, done: false }), 0],
		[
			'and is done without an ID of the gateway',
			message('event_created', { additional_attributes: { chatwoot_inbox_id: '62483' } }),
			0,
		],
		['as another kind of entry', message('event_created', { kind: 'note' }), 0],
		['as a kind that every object has', message('event_created', { kind: 'constructor' }), 0],
	])('is told of one %s: %#', async (_what, body, runs) => {
		const { host, send } = await listen({ events: ['message_sent'] });

		await send(body);

		expect(host.runs.map(([{ json }]) => json.event)).toEqual(Array.from({ length: runs }, () => 'message_sent'));
	});

	test('fires once for a message that is sent now: of its two updates the second one counts', async () => {
		const { host, send } = await listen({ events: ['message_sent', 'event_created'] });

		await send(
			message('event_updated', {
				done_at: null,
				done: false,
				additional_attributes: {},
				changed_attributes: [{ scheduled_at: { previous_value: null, current_value: at } }],
			}),
		);
		await send(message('event_updated'));

		expect(host.runs.map(([{ json }]) => json.event)).toEqual(['message_sent']);
	});

	test('is told from one that was received, also where both are chosen', async () => {
		const { host, send } = await listen({ events: ['message_sent', 'message_received', 'event_created'] });

		await send(message('event_created', { id: 1 }));
		await send(message('event_created', { id: 2, from_me: false }));
		await send(message('event_created', { id: 3, from_me: null }));

		expect(host.runs.map(([{ json }]) => json.event)).toEqual(['message_sent', 'message_received', 'event_created']);
	});
});

describe('filters', () => {
	const entry = (deal: IDataObject | null) => ({
		event: 'event_created',
		data: { id: 7, kind: 'note', deal_id: deal && 7, deal },
	});

	test.each<[string, IDataObject, IDataObject, number]>([
		['a stage that the deal came into', { stages: '2, 3' }, deal({ stage_id: 2 }), 1],
		['a stage that the deal is not in', { stages: '5' }, deal({ stage_id: 2 }), 0],
		['a stage that the deal of a timeline entry is in', { stages: '2, 3' }, entry({ stage_id: 3 }), 1],
		['a stage that the deal of a timeline entry is not in', { stages: '2, 3' }, entry({ stage_id: 5 }), 0],
		['a stage, and a timeline entry without a deal', { stages: '2, 3' }, entry(null), 0],
		['a stage, and a timeline entry whose own ID is that of the stage', { stages: '7' }, entry({ stage_id: 5 }), 0],
		['an attribute that changed', { changedAttributes: 'name, stage_id' }, deal({ stage_id: 2 }), 1],
		['an attribute that did not change', { changedAttributes: 'name' }, deal({ stage_id: 2 }), 0],
		[
			'own entries left out: one from this side',
			{ ignoreOwn: true },
			{ event: 'event_created', data: { id: 1, kind: 'note', from_me: true } },
			0,
		],
		[
			'own entries left out: one from the customer',
			{ ignoreOwn: true },
			{ event: 'event_created', data: { id: 1, kind: 'chatwoot_message', from_me: false } },
			1,
		],
		[
			'own entries not left out',
			{ ignoreOwn: false },
			{ event: 'event_created', data: { id: 1, kind: 'note', from_me: true } },
			1,
		],
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
