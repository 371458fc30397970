import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { events } from '../../nodes/WoofedCrm/events';
import { trigger } from '../../nodes/WoofedCrm/trigger';
import { wantedAs } from '../../nodes/shared/trigger/events';
import { ask, contact, deal, useObservedServer, woofedCrm } from './observedServer';
import type { ObservedVersion } from '../vendors/woofedCrm/observedState';

/** An address that takes what it is sent, and answers with a status. */
let receiver: Server;
let status = 200;
let bodies: string[] = [];
const url = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;

beforeAll(async () => {
	receiver = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			bodies.push(Buffer.concat(chunks).toString());
			response.writeHead(status).end();
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => await new Promise((resolve) => receiver.close(resolve)));
beforeEach(() => {
	bodies = [];
	status = 200;
});

const panel = async (path = '/_webhooks', body: object = { url: url() }) =>
	await fetch(woofedCrm.url + path, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});

/** What was sent since the webhook was added, in the order in which it was told. */
async function told(): Promise<IDataObject[]> {
	await woofedCrm.delivered();
	const all = bodies
		.filter((body) => body !== '')
		.map((body) => JSON.parse(body) as IDataObject & { data: { id: number } });
	return all.sort((a, b) => RANK(a) - RANK(b));
}
/** Deliveries go out at the same time: created comes before scheduled, and scheduled before done. */
const RANK = ({ event, data }: IDataObject & { data: IDataObject }) =>
	event === 'event_created' ? 0 : data.done ? 2 : 1;

const message = { kind: 'chatwoot_message', send_now: true, content: 'Olá', app_type: 'Apps::Chatwoot', app_id: 6 };
const keyOf = (body: IDataObject) =>
	wantedAs(trigger, { events: Object.keys(events), otherEvents: [] }, { body, headers: {} });

describe.each<[ObservedVersion, string[]]>([
	['2024', ['event_created', 'event_updated', 'event_updated']],
	['2026', ['event_updated', 'event_updated']],
])('a server of %s', (version, sequence) => {
	useObservedServer(version);

	test('tells of a message that is sent now, and Message Sent takes the last one alone', async () => {
		const id = await deal();
		await panel();

		const { body } = await ask(`POST /deals/${id}/events`, message);

		const all = await told();
		expect(body).toMatchObject({ done: false, done_at: null });
		expect(all.map(({ event }) => event)).toEqual(sequence);
		expect(all.map(keyOf)).toEqual([...sequence.slice(0, -1), 'message_sent']);
	});

	test('tells of a message that Chatwoot refused as done, and Message Sent does not take it', async () => {
		const id = await deal();
		await panel();

		await ask(`POST /deals/${id}/events`, { ...message, additional_attributes: { chatwoot_inbox_id: '401' } });

		const all = await told();
		expect(all.at(-1)).toMatchObject({ data: { done: true, additional_attributes: { chatwoot_id: null } } });
		expect(all.map(keyOf)).toEqual(sequence);
	});

	test('tells of contacts and deals as the nodes know them', async () => {
		await panel();
		await ask('POST /contacts/upsert', { email: 'ana@mail.example' });
		await woofedCrm.delivered();
		const id = await deal();
		await woofedCrm.delivered();
		await ask(`PUT /deals/${id}`, { stage_id: 2 });

		expect((await told()).map(keyOf)).toEqual(
			expect.arrayContaining(['contact_created', 'deal_created', 'deal_moved']),
		);
	});
});

describe('a webhook that does not answer', () => {
	describe('is refused by a server of 2026', () => {
		useObservedServer('2026');

		test('when it is saved, with an empty body', async () => {
			status = 400;

			expect(await (await panel()).json()).toEqual({ errors: ['URL is invalid'] });
			expect(bodies).toEqual(['']);
		});

		test('and becomes inactive by the daily check', async () => {
			await panel();
			status = 401;

			expect(await (await panel('/_webhooks/verify', {})).json()).toMatchObject([{ active: false }]);
			await contact();
			expect(await told()).toEqual([]);
		});
	});

	describe('is taken by a server of 2024', () => {
		useObservedServer('2024');

		test('and is asked nothing', async () => {
			status = 400;

			expect((await panel()).status).toBe(201);
			expect(bodies).toEqual([]);
		});
	});
});
