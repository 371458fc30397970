import type { Lookup } from '../shared/lookup';
import { pages } from './vendor';

/** https://docs.syncro.chat/en/account */
export const users: Lookup = {
	name: 'users',
	noun: 'a user',
	id: 'integer',
	example: '12',
	request: 'GET /users',
	page: 'https://docs.syncro.chat/en/account',
	contract: 'listUsers',
	records: pages.records,
	searchHere: true,
	entry: ({ id, name, email }) => ({ name: `${name} (${email})`, value: id as number }),
};

/** https://docs.syncro.chat/en/leads */
export const leads: Lookup = {
	name: 'leads',
	noun: 'a lead',
	id: 'integer',
	example: '123',
	request: 'GET /leads',
	page: 'https://docs.syncro.chat/en/leads',
	contract: 'listLeads',
	ask: (q) => (q ? { q } : {}),
	pages,
	entry: ({ id, name, phone, email }) => ({ name: [name, phone ?? email].filter(Boolean).join(' · '), value: id as number }),
};

/** The list of tasks knows no text search, so what is typed narrows one page after another. https://docs.syncro.chat/pt-BR/tasks */
export const tasks: Lookup = {
	name: 'tasks',
	noun: 'a task',
	id: 'integer',
	example: '45',
	request: 'GET /tasks',
	page: 'https://docs.syncro.chat/pt-BR/tasks',
	contract: 'listTasks',
	pages,
	searchHere: true,
	entry: ({ id, subject, due_date, status }) => ({ name: [subject, due_date, status].filter(Boolean).join(' · '), value: id as number }),
};

export const lookups = [users, leads, tasks];
