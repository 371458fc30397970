import { randomUUID } from 'node:crypto';
import type { UploadedFile } from '../../sandbox/forms';

export type WeglyRecord = Record<string, unknown>;

/** What a fresh sandbox holds, by kind. */
export const seeded = {
	chat: '6f1d2c3b-4a59-4867-9a0b-c1d2e3f4a5b6',
	lead: 'f0e1d2c3-b4a5-4968-8776-655443322110',
	deal: 'b7b2a4f0-6a0e-4f6f-9a57-2f5f0c2f7e21',
	proposal: '4a5b6c7d-8e9f-4a0b-9c1d-2e3f4a5b6c7d',
	proposalItem: '3f2e1d0c-9b8a-4766-8554-433221100fed',
	file: '6c7d8e9f-0a1b-4c2d-8e3f-4a5b6c7d8e9f',
	user: '7d3e9b52-1c44-4d8e-8a0f-6b2f5c7a9e10',
	person: '2f5f0c2f-7e21-4a59-9867-b7b2a4f06a0e',
	agent: '3e4f5a6b-7c8d-4e9f-8a0b-1c2d3e4f5a6b',
} as const;

export const user = { id: seeded.user, name: 'Sales team', avatar: 'https://files.example.com/avatar-1.png' };

const stages = [
	{ id: '00000000-1111-4222-8333-444444444444', name: 'Qualification', position: 1 },
	{ id: '11111111-2222-4333-8444-555555555555', name: 'Proposal', position: 2 },
];

const firstTaskStage = '5a1f2b3c-4d5e-4f60-8a7b-9c0d1e2f3a4b';

export const now = () => new Date().toISOString();

export function taskOf(body: WeglyRecord): WeglyRecord {
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
		crm_task_stage_id: firstTaskStage,
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
		crm_task_type: { id: body.crm_task_type_id, name: 'Meeting', icon: 'calendar', is_meeting: meeting },
		crm_task_stage: {
			id: body.crm_task_stage_id ?? firstTaskStage,
			name: 'To do',
			color: '#4f46e5',
			is_completion: false,
			position: 1,
		},
		recordings: [],
		reminders_minutes: [],
		meeting_participants: [],
		meeting_link: create_online_meeting_link ? 'https://meet.example.com/abc-defg-hij' : null,
		...stored,
		mentions: ((mentions as Array<{ mentioned_id: string }> | undefined) ?? []).map(({ mentioned_id }) => ({
			id: randomUUID(),
			mentioned: { ...user, id: mentioned_id },
			mentioned_by: user,
			created_at: now(),
		})),
		sync_warning: meeting && !body.meeting_provider ? 'No meeting provider is connected' : null,
	};
}

export function chatOf(body: WeglyRecord): WeglyRecord {
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

/** A message that was just taken: sent to WhatsApp, delivered or not. */
export function messageOf(type: string, bodyText: unknown, payload: unknown = {}): WeglyRecord {
	return {
		id: randomUUID(),
		type,
		from_me: true,
		status: 'processing',
		body_text: bodyText ?? null,
		content_payload: payload,
		reactions: [],
		meta_timestamp: now(),
		created_at: now(),
		is_history: false,
		is_media_placeholder: false,
		user,
	};
}

export function dealOf(code: number, body: WeglyRecord): WeglyRecord {
	const stage = stages.find(({ id }) => id === body.stage_id) ?? stages[0];
	const source = body.lead_source as { name?: string } | undefined;
	return {
		id: randomUUID(),
		code,
		title: body.title,
		status: 1,
		created_by: user,
		stage: { id: stage.id, name: stage.name, pipeline: { id: '66666666-7777-4888-8999-000000000000', name: 'Sales' } },
		pipeline_stages: stages,
		responsible: { ...user, id: body.responsible_id ?? user.id },
		deal_source: source ? { id: randomUUID(), name: source.name, logo: null } : null,
		quality_rating: body.quality_rating ?? null,
		quality_reason: body.quality_reason ?? null,
		won_date: null,
		lost_date: null,
		crm_loss_reason: null,
		lost_reason_description: null,
		visibility: body.visibility ?? 0,
		created_at: now(),
		updated_at: now(),
		archived_at: null,
		last_activity_at: now(),
		expected_close_date: body.expected_close_date ?? null,
		temperature: body.temperature ?? null,
		participants: ((body.followers as Array<{ role_id: string }> | undefined) ?? []).map(({ role_id }) => ({
			id: randomUUID(),
			role: { id: role_id, name: 'Observer' },
			notes: null,
		})),
	};
}

export function followerOf(body: WeglyRecord): WeglyRecord {
	return {
		role: { id: body.role_id, name: 'Observer' },
		user: { ...user, id: body.user_id },
		notes: body.notes ?? null,
	};
}

export interface ProposalItem {
	id: string;
	quantity: number;
	unit_price: number;
}

/** The items of a proposal after an update: those with an id are changed or deleted, the others are new. */
export function itemsAfter(items: readonly ProposalItem[], changes: ReadonlyArray<WeglyRecord>): ProposalItem[] {
	const changed = items
		.filter(({ id }) => !changes.some((change) => change.id === id && change.delete === true))
		.map((item) => ({ ...item, ...changes.find(({ id }) => id === item.id) }));
	const added = changes
		.filter(({ id }) => id === undefined)
		.map((change) => ({ quantity: 1, unit_price: 0, ...change, id: randomUUID() }));
	return [...changed, ...added];
}

/** A proposal as it is answered: its totals are those of its items. */
export function proposalOf(stored: WeglyRecord, items: readonly ProposalItem[]): WeglyRecord {
	const subtotal = items.reduce((sum, { quantity, unit_price }) => sum + quantity * unit_price, 0);
	return { ...stored, subtotal, total: subtotal - Number(stored.discount_value), items_count: items.length };
}

export const seededProposal: WeglyRecord = {
	id: seeded.proposal,
	deal: { id: seeded.deal, title: 'CRM rollout' },
	code: 88,
	version: 1,
	title: 'CRM rollout',
	status: 0,
	notes: null,
	is_primary: true,
	discount_type: 0,
	discount_value: 0,
	valid_until: null,
	created_by: user,
};

/** A batch of files that was just uploaded, on the lead or deal that the request names. */
export function batchOf({
	title,
	note,
	crm_lead_id,
	crm_deal_id,
	lead_code,
	deal_code,
	files,
}: WeglyRecord): WeglyRecord {
	const uploaded = (files as UploadedFile[] | undefined) ?? [];
	return {
		id: randomUUID(),
		title: title ?? null,
		note: note ?? null,
		files_count: uploaded.length,
		total_size: uploaded.reduce((sum, { size }) => sum + size, 0),
		created_by: user,
		...((crm_lead_id ?? lead_code) ? { crm_lead: { id: crm_lead_id ?? seeded.lead, title: 'Contact form' } } : {}),
		...((crm_deal_id ?? deal_code) ? { crm_deal: { id: crm_deal_id ?? seeded.deal, title: 'CRM rollout' } } : {}),
		crm_delivery: {},
		files: uploaded.map(({ name, type, size }) => ({
			id: randomUUID(),
			created_by: user,
			file_url: `https://files.example.com/${encodeURIComponent(name)}`,
			file_name: name,
			mime_type: type,
			size,
			created_at: now(),
		})),
		created_at: now(),
		updated_at: now(),
	};
}

export const seededFile: WeglyRecord = {
	id: seeded.file,
	created_by: user,
	crm_deal: { id: seeded.deal, title: 'CRM rollout' },
	crm_delivery: { id: '8e9f0a1b-2c3d-4e4f-8a5b-6c7d8e9f0a1b', title: 'CRM rollout', code: 31, status: 1 },
	batch: { id: '5b6c7d8e-9f0a-4b1c-8d2e-3f4a5b6c7d8e', title: 'Contract' },
	file_url: 'https://files.example.com/contract.pdf',
	file_name: 'contract.pdf',
	mime_type: 'application/pdf',
	size: 48213,
	created_at: '2026-11-21T12:00:00.000Z',
};
