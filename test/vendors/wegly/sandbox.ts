import { randomUUID } from 'node:crypto';
import type { Handler, Reply, VendorSandbox } from '../../sandbox/types';
import { weglyEvents } from './events';
import {
	batchOf,
	chatOf,
	dealOf,
	followerOf,
	itemsAfter,
	messageOf,
	now,
	proposalOf,
	seeded,
	seededFile,
	seededProposal,
	taskOf,
	user,
	type ProposalItem,
	type WeglyRecord,
} from './records';

const error = (statusCode: number, message: string | string[], name: string): Reply => ({
	status: statusCode,
	body: { statusCode, message, error: name },
});
const notFound = error(404, 'Not Found', 'Not Found');

/** Wegly as its documentation describes it; error statuses and bodies are assumed, as in the contract. */
export function weglySandbox(): VendorSandbox {
	const events = weglyEvents();
	return {
		vendor: 'wegly',
		apiRoot: '/',
		authorized: (headers) => headers.authorization === 'Bearer sandbox_wegly_token',
		unauthorized: error(401, 'Unauthorized', 'Unauthorized'),
		notFound,
		invalid: (problems) =>
			error(
				400,
				problems.map(({ field, message }) => `${field} ${message}`.trim()),
				'Bad Request',
			),
		tooMany: () => error(429, 'Too Many Requests', 'Too Many Requests'),
		handlers: events.telling({
			createTask: ({ body }) => ({ status: 201, body: taskOf(body) }),
			...fileHandlers(),
			...chatHandlers(),
			...salesHandlers(),
		}),
		panel: events.panel,
		deliveries: events.take,
	};
}

function fileHandlers(): Record<string, Handler> {
	const files = new Map<string, WeglyRecord>([[seeded.file, seededFile]]);
	return {
		getFile: ({ params }) => (files.has(params.id) ? { status: 200, body: files.get(params.id) } : notFound),
		uploadFiles: ({ body }) => {
			const batch = batchOf(body);
			const { id, title, crm_lead, crm_deal } = batch;
			for (const file of batch.files as WeglyRecord[])
				files.set(String(file.id), { ...file, crm_lead, crm_deal, batch: { id, title: title ?? '' } });
			return { status: 201, body: batch };
		},
	};
}

/** A chat with what its answers do not show. */
interface StoredChat {
	/** Number of the company and of the customer: the same pair is the same chat. */
	key: string;
	record: WeglyRecord;
	participants: Set<string>;
	timeline: WeglyRecord[];
}

function chatHandlers(): Record<string, Handler> {
	const chats = new Map<string, StoredChat>();
	const add = (body: WeglyRecord, record: WeglyRecord): StoredChat => {
		const chat: StoredChat = { key: keyOf(body), record, participants: new Set([user.id]), timeline: [] };
		chats.set(String(record.id), chat);
		return chat;
	};
	const keyOf = (body: WeglyRecord) => `${String(body.whatsapp_phone_id)} ${String(body.wa_contact_id)}`;
	const post = (chat: StoredChat, message: WeglyRecord) => {
		chat.record = { ...chat.record, last_message_at: now(), last_message: message };
		chat.timeline.push({ id: randomUUID(), event_type: 'MESSAGE', event_at: now(), message });
	};
	const inChat =
		(work: (chat: StoredChat, request: Parameters<Handler>[0]) => Reply): Handler =>
		(request) => {
			const chat = chats.get(request.params.id);
			return chat ? work(chat, request) : notFound;
		};
	const sender = (messageFrom: (body: WeglyRecord) => WeglyRecord) =>
		inChat((chat, { body }) => {
			const message = messageFrom(body);
			post(chat, message);
			return { status: 201, body: { total: 1, records: [message] } };
		});

	const first = {
		whatsapp_phone_id: '0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c',
		wa_contact_id: '11988887777',
		remote_profile_name: 'Example customer',
		assigned_agent_id: seeded.agent,
		crm_person_id: seeded.person,
	};
	post(add(first, { ...chatOf(first), id: seeded.chat, assigned_agent: { agent_id: seeded.agent, user } }), {
		...messageOf('text', 'Good morning'),
		from_me: false,
		origin: 'INBOUND',
		sent_via: 'CONTACT',
		status: 'sent',
	});

	return {
		getUnreadSummary: () => ({ status: 200, body: { unread_messages_total: 7, unread_chats_total: 3 } }),
		createChat: ({ body }) => {
			const chat = [...chats.values()].find(({ key }) => key === keyOf(body)) ?? add(body, chatOf(body));
			post(chat, messageOf('template', (body.template as { name: string }).name));
			return { status: 201, body: chat.record };
		},
		getChat: inChat(({ record }) => ({ status: 200, body: record })),
		listChatTimeline: inChat(({ timeline }) => ({ status: 200, body: { total: timeline.length, records: timeline } })),
		sendMessage: sender(({ type, body, template }) =>
			messageOf(String(type), type === 'template' ? (template as { name: string }).name : body),
		),
		sendInteractiveMessage: sender(({ body, ...interactive }) =>
			messageOf('interactive', (body as { text: string }).text, interactive),
		),
		sendLocationMessage: sender((place) => messageOf('location', null, place)),
		updateChatResponsible: inChat((chat, { body }) => {
			if (body.update_chat === true) {
				chat.record = {
					...chat.record,
					assigned_agent_id: seeded.agent,
					assigned_agent: { agent_id: seeded.agent, user: { ...user, id: body.user_id } },
					updated_at: now(),
				};
			}
			return { status: 200, body: chat.record };
		}),
		removeChatParticipant: inChat((chat, { params }) => {
			if (!chat.participants.delete(params.userId)) return notFound;
			chat.record = { ...chat.record, updated_at: now() };
			return { status: 200, body: chat.record };
		}),
	};
}

function salesHandlers(): Record<string, Handler> {
	const followers = new Map<string, WeglyRecord[]>([[seeded.lead, []]]);
	const deals = new Map<string, WeglyRecord>([
		[seeded.deal, { ...dealOf(1024, { title: 'CRM rollout' }), id: seeded.deal }],
	]);
	let lastCode = 1024;
	let proposal = seededProposal;
	let items: ProposalItem[] = [{ id: seeded.proposalItem, quantity: 1, unit_price: 1500 }];

	return {
		createLead: ({ body }) => {
			const id = randomUUID();
			followers.set(id, ((body.followers as WeglyRecord[] | undefined) ?? []).map(followerOf));
			return { status: 201, body: { id, code: (lastCode += 1), title: body.title } };
		},
		addLeadFollower: ({ params, body }) => {
			const list = followers.get(params.id);
			if (!list) return notFound;
			if (!list.some((follower) => (follower.user as WeglyRecord).id === body.user_id)) list.push(followerOf(body));
			return { status: 201, body: { followers: list } };
		},
		createDeal: ({ body }) => {
			const deal = dealOf((lastCode += 1), body);
			deals.set(String(deal.id), deal);
			return { status: 201, body: { id: deal.id, code: deal.code, title: deal.title } };
		},
		getDeal: ({ params }) => (deals.has(params.id) ? { status: 200, body: deals.get(params.id) } : notFound),
		updateProposal: ({ params, body }) => {
			if (params.id !== seeded.proposal) return notFound;
			const { items: changes, lead_id: _lead, deal_id: _deal, deal_code: _code, approved_by, ...changed } = body;
			proposal = {
				...proposal,
				...changed,
				...(approved_by ? { approved_by: { ...user, id: approved_by } } : {}),
				version: Number(proposal.version) + 1,
			};
			items = itemsAfter(items, (changes as WeglyRecord[] | undefined) ?? []);
			return { status: 200, body: proposalOf(proposal, items) };
		},
	};
}
