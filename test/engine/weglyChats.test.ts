import type { IDataObject } from 'n8n-workflow';
import { seeded } from '../vendors/wegly/records';
import { Bench } from '../support/run';
import { chat } from './forms';

const bench = new Bench();
const unknown = '3c90c3cc-0d44-4b50-8888-8dd25736052a';

const inChat = { id: seeded.chat };

describe('chats', () => {
	test('all three flags go with a new responsible, also those that are off', async () => {
		const { items } = await bench.run('wegly', {
			resource: 'chat',
			operation: 'updateResponsible',
			...inChat,
			user_id: unknown,
			simplify: false,
		});

		expect(bench.sent('wegly')[0]).toMatchObject({
			method: 'PATCH',
			body: { user_id: unknown, update_chat: true, update_leads: false, update_deals: false },
		});
		expect(items[0].json).toMatchObject({ id: seeded.chat, assigned_agent: { user: { id: unknown } } });
	});

	test('a chat that was started can be read', async () => {
		const { items: started } = await bench.run('wegly', { ...chat, wa_contact_id: '11977776666' });

		const { items: read } = await bench.run('wegly', { resource: 'chat', operation: 'get', id: started[0].json.id });

		expect(read[0].json).toEqual(started[0].json);
	});

	test.each([
		['(11) 99999-9999', '11999999999'],
		['+55 11 99999-9999', '5511999999999'],
		['5511999999999@s.whatsapp.net', '5511999999999'],
	])('the number %s goes out as digits, with the country code that it has', async (given, sent) => {
		await bench.run('wegly', { ...chat, wa_contact_id: given });

		expect(bench.sent('wegly')[0].body).toMatchObject({ wa_contact_id: sent });
	});

	test.each(['11 9999-ABCD', '11 3333-4444 ramal 5', '99999-9999', '120363025246125486@g.us'])(
		'no template is sent to %s, which is no number',
		async (given) => {
			const { error } = await bench.run('wegly', { ...chat, wa_contact_id: given });

			expect(error?.message).toBe(
				`'Contact Number' must be a phone number with area code like 11999999999, but is "${given}" [item 0]`,
			);
			expect(error?.description).toMatch(
				/^Nothing was sent for this item\. (Remove letters|It has only 9 digits|This is a WhatsApp group)/,
			);
			expect(bench.sent('wegly')).toEqual([]);
		},
	);

	// n8n saves no default: what a node opens on is what it runs.
	test.each<[string, number, IDataObject, string]>([
		[
			'a new node starts a chat by a template',
			1.1,
			{ whatsapp_phone_id: unknown, wa_contact_id: '11977776666', name: 'saudacao' },
			'POST /chats',
		],
		['a node that was saved before still reads a chat', 1, inChat, `GET /chats/${seeded.chat}`],
	])('as it is opened, %s', async (_name, typeVersion, parameters, line) => {
		await bench.run('wegly', parameters, { settings: { typeVersion } });

		expect(
			bench.sent('wegly').map(({ method, path }) => `${method} ${path.replace('/integrations/external', '')}`),
		).toEqual([line]);
	});

	test('a participant that is removed leaves the chat as the output', async () => {
		const { items } = await bench.run('wegly', {
			resource: 'chat',
			operation: 'removeParticipant',
			...inChat,
			userId: seeded.user,
		});

		expect(items[0].json).toMatchObject({ id: seeded.chat, status: 'OPEN' });
		expect(bench.sent('wegly')).toEqual([
			{
				method: 'DELETE',
				path: `/integrations/external/chats/${seeded.chat}/participants/${seeded.user}`,
				query: {},
				body: undefined,
			},
		]);
	});

	test('the unread summary needs no field', async () => {
		const { items } = await bench.run('wegly', { resource: 'chat', operation: 'getUnread' });

		expect(items[0].json).toEqual({ unread_messages_total: 7, unread_chats_total: 3 });
	});

	test('a chat that nobody knows is refused with advice', async () => {
		const { error } = await bench.run('wegly', { resource: 'chat', operation: 'get', id: unknown });

		expect(error).toMatchObject({
			name: 'NodeApiError',
			httpCode: '404',
			description: expect.stringContaining('no record with this ID'),
		});
	});
});
