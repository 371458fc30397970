import type { IDataObject } from 'n8n-workflow';
import { chatAgents, chatUsers } from '../../nodes/Wegly/lookups';
import { scripted } from '../support/scripted';

const person = (id: string) => ({ id: `user-${id}`, name: `Person ${id}` });
const agent = (id: string) => ({ id: `agent-${id}`, user: person(id) });

/** A chat with an agent, and messages of others: each person has one ID as an agent and another one as a user. */
const chat = {
	id: 'chat-1',
	assigned_agent: { agent_id: 'agent-a', user: person('a') },
	last_message: { user: person('b'), agent: agent('b') },
};
const timeline = {
	records: [
		{ message: { agent: agent('c'), user: person('c') } },
		{ message: { user: person('d') } },
		{ kind: 'note' },
	],
};

const offered = async (lookup: typeof chatAgents, whole: IDataObject = chat) => {
	const { ask } = scripted(timeline);
	return (await lookup.complete!([whole], ask)).map((record) => lookup.entry(record));
};

test('agents are offered by the IDs that they have as agents, never by those of the users', async () => {
	expect(await offered(chatAgents)).toEqual(
		['a', 'b', 'c'].map((id) => ({ name: `Person ${id}`, value: `agent-${id}` })),
	);
});

test('users are offered by their own IDs, never by those of the agents', async () => {
	expect(await offered(chatUsers)).toEqual(
		['a', 'b', 'c', 'd'].map((id) => ({ name: `Person ${id}`, value: `user-${id}` })),
	);
});

test('a chat without an agent offers those who wrote in it', async () => {
	expect((await offered(chatAgents, { ...chat, assigned_agent: null })).map(({ value }) => value)).toEqual([
		'agent-b',
		'agent-c',
	]);
});
