import type { IDataObject } from 'n8n-workflow';
import { listLabel, valueAt, toText } from '../shared/base/json';
import { idInPath, listAt } from '../shared/base/parseResponse';
import type { Lookup } from '../shared/fields/lookup';
import type { SendRequest } from '../shared/http/apiRequest';

/** Wegly has no endpoint that lists stages, users, roles or numbers. The node lists those of one deal or one chat. */
const inRecord = {
	id: 'uuid',
	searchHere: true,
	entry: ({ id, name }: IDataObject) => ({ name: listLabel(name) || toText(id), value: id as string }),
} as const;

const inDeal = {
	...inRecord,
	request: 'GET /deals/{parent}',
	page: 'https://docs.wegly.com.br/api-reference/oportunidades/consulta-de-oportunidade',
	contract: 'getDeal',
	dependsOn: ['exampleDeal', 'crm_deal_id', 'deal_id'],
} as const;

const inChat = {
	...inRecord,
	request: 'GET /chats/{parent}',
	page: 'https://docs.wegly.com.br/api-reference/chats/consulta-de-chat',
	contract: 'getChat',
	dependsOn: ['exampleChat', 'id'],
} as const;

/** Returns each record that has an ID once. The same user may be assigned to a chat and write in it. */
function withIds(found: readonly unknown[]): IDataObject[] {
	const known = found.filter((record): record is IDataObject => typeof valueAt(record, 'id') === 'string');
	return [...new Map(known.map((record) => [record.id, record])).values()];
}

/** Returns the items of a list inside a record. The documentation does not say that the list is always present. */
const itemsOf = (record: unknown, name: string): unknown[] => {
	const list = valueAt(record, name);
	return Array.isArray(list) ? list : [];
};

export const stages: Lookup = {
	...inDeal,
	name: 'stages',
	noun: 'a stage',
	example: '11111111-2222-4333-8444-555555555555',
	records: (deal) => listAt(deal, 'pipeline_stages'),
};

export const roles: Lookup = {
	...inDeal,
	name: 'roles',
	noun: 'a role',
	example: '6bb94eb7-50df-4f88-9862-7ef8f4b9607c',
	records: (deal) => withIds(itemsOf(deal, 'participants').map((participant) => valueAt(participant, 'role'))),
};

export const dealUsers: Lookup = {
	...inDeal,
	name: 'dealUsers',
	noun: 'a user',
	example: '7d3e9b52-1c44-4d8e-8a0f-6b2f5c7a9e10',
	records: (deal) =>
		withIds([
			valueAt(deal, 'responsible'),
			valueAt(deal, 'created_by'),
			...itemsOf(deal, 'participants').map((participant) => valueAt(participant, 'user')),
		]),
};

/** Returns the last message of a chat and the messages of its timeline. They show who wrote them. */
async function messagesOf([chat]: IDataObject[], send: SendRequest): Promise<unknown[]> {
	const timeline = await send({
		method: 'GET',
		effect: 'reads',
		path: `/chats/${idInPath(chat.id, 'the chat')}/timeline`,
		query: {},
	});
	return [valueAt(chat, 'last_message'), ...listAt(timeline, 'records').map((event) => valueAt(event, 'message'))];
}

export const chatUsers: Lookup = {
	...inChat,
	name: 'chatUsers',
	noun: 'a user',
	example: '7d3e9b52-1c44-4d8e-8a0f-6b2f5c7a9e10',
	records: (chat) => [chat as IDataObject],
	complete: async (chats, send) => {
		const writers = (await messagesOf(chats, send)).flatMap((message) => [
			valueAt(message, 'user'),
			valueAt(message, 'agent.user'),
		]);
		return withIds([valueAt(chats[0], 'assigned_agent.user'), ...writers]);
	},
};

/** Returns an agent with its name. An agent is a user in a chat, with an ID that differs from the user's. */
const agentOf = (id: unknown, user: unknown) => ({ id, name: valueAt(user, 'name') });

export const chatAgents: Lookup = {
	...inChat,
	name: 'chatAgents',
	noun: 'an agent',
	example: '3e4f5a6b-7c8d-4e9f-8a0b-1c2d3e4f5a6b',
	records: (chat) => [chat as IDataObject],
	complete: async (chats, send) => {
		const assigned = agentOf(valueAt(chats[0], 'assigned_agent.agent_id'), valueAt(chats[0], 'assigned_agent.user'));
		const writers = (await messagesOf(chats, send)).map((message) =>
			agentOf(valueAt(message, 'agent.id'), valueAt(message, 'agent.user')),
		);
		return withIds([assigned, ...writers]);
	},
};

export const numbers: Lookup = {
	...inChat,
	name: 'numbers',
	noun: 'a number',
	example: '0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c',
	records: (chat) => withIds([valueAt(chat, 'phone_number')]),
	entry: ({ id, display_number }) => ({ name: listLabel(display_number) || toText(id), value: id as string }),
};

export const persons: Lookup = {
	...inChat,
	name: 'persons',
	noun: 'a person',
	example: '2f5f0c2f-7e21-4a59-9867-b7b2a4f06a0e',
	records: (chat) => withIds([valueAt(chat, 'crm_person')]),
};

export const lookups = [stages, roles, dealUsers, chatUsers, chatAgents, numbers, persons];
