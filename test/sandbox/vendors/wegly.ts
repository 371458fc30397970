import { randomUUID } from 'node:crypto';
import type { VendorSandbox } from '../types';

const user = { id: '7d3e9b52-1c44-4d8e-8a0f-6b2f5c7a9e10', name: 'Sales team', avatar: 'https://files.example.com/avatar-1.png' };

/** Wegly as its documentation describes it; error statuses and bodies are assumed, as in the contract. */
export function weglySandbox(): VendorSandbox {
	const chats = new Map<string, Record<string, unknown>>();
	const error = (statusCode: number, message: string | string[], name: string) => ({ status: statusCode, body: { statusCode, message, error: name } });

	return {
		vendor: 'wegly',
		apiRoot: '/',
		authorized: (headers) => headers.authorization === 'Bearer sandbox_wegly_token',
		unauthorized: error(401, 'Unauthorized', 'Unauthorized'),
		notFound: error(404, 'Not Found', 'Not Found'),
		invalid: (problems) => error(400, problems.map(({ field, message }) => `${field} ${message}`.trim()), 'Bad Request'),
		tooMany: () => error(429, 'Too Many Requests', 'Too Many Requests'),
		handlers: {
			getUnreadSummary: () => ({ status: 200, body: { unread_messages_total: 7, unread_chats_total: 3 } }),
			createTask: ({ body }) => ({ status: 201, body: taskOf(body) }),
			createChat: ({ body }) => {
				const key = `${String(body.whatsapp_phone_id)} ${String(body.wa_contact_id)}`;
				const chat = { ...(chats.get(key) ?? newChat(body)), last_message_at: now(), last_message: templateMessage(body) };
				chats.set(key, chat);
				return { status: 201, body: chat };
			},
		},
	};
}

const now = () => new Date().toISOString();

function taskOf(body: Record<string, unknown>): Record<string, unknown> {
	const { mentions, recurrence, create_meeting, create_event, create_online_meeting_link, ...stored } = body;
	const meeting = Boolean(create_meeting || create_event || create_online_meeting_link);
	return {
		id: randomUUID(),
		description: null,
		is_personal: false,
		priority: 0,
		end_date: null,
		completed_at: null,
		meeting_outcome: null,
		meeting_outcome_notes: null,
		ai_processed: false,
		ai_status: 0,
		ai_error_log: null,
		ai_last_action: null,
		created_at: now(),
		updated_at: now(),
		crm_task_stage_id: '5a1f2b3c-4d5e-4f60-8a7b-9c0d1e2f3a4b',
		crm_lead_id: null,
		crm_deal_id: null,
		crm_delivery_id: null,
		recurrence_series_id: recurrence ? randomUUID() : null,
		recurrence_index: recurrence ? 0 : null,
		recurrence_is_exception: false,
		is_recurring: recurrence !== undefined,
		responsible_id: user.id,
		created_by: user,
		responsible: user,
		recordings: [],
		reminders_minutes: [],
		meeting_participants: [],
		meeting_link: create_online_meeting_link ? 'https://meet.example.com/abc-defg-hij' : null,
		...stored,
		mentions: ((mentions as Array<{ mentioned_id: string }> | undefined) ?? []).map(({ mentioned_id }) => ({ id: randomUUID(), mentioned: { ...user, id: mentioned_id }, mentioned_by: user, created_at: now() })),
		sync_warning: meeting && !body.meeting_provider ? 'No meeting provider is connected' : null,
	};
}

function newChat(body: Record<string, unknown>): Record<string, unknown> {
	return {
		id: randomUUID(),
		wa_contact_id: body.wa_contact_id,
		contact_name: body.remote_profile_name ?? String(body.wa_contact_id),
		contact_number: body.wa_contact_id,
		status: body.status ?? 'OPEN',
		chat_type: 'INDIVIDUAL',
		unread_count: 0,
		is_manually_unread: false,
		priority: 1,
		archived_at: null,
		assigned_agent_id: body.assigned_agent_id ?? null,
		phone_number: { id: body.whatsapp_phone_id, display_number: '+55 11 4000-0000' },
		crm_person: body.crm_person_id ? { id: body.crm_person_id, name: 'Example customer' } : null,
	};
}

function templateMessage(body: Record<string, unknown>): Record<string, unknown> {
	const { name } = body.template as { name: string };
	return { id: randomUUID(), type: 'template', from_me: true, status: 'processing', body_text: name, content_payload: {}, reactions: [], is_history: false, is_media_placeholder: false };
}
