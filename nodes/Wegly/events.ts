import type { Events, VendorEvent } from '../shared/trigger/trigger';

/** The page has the names of all events, but a body only for `lead.created`. https://docs.wegly.com.br/documentacao-da-api/eventos-de-webhooks */
const page = 'https://docs.wegly.com.br/documentacao-da-api/eventos-de-webhooks';

const lead = {
	id: '11111111-1111-4111-8111-111111111111',
	code: 1024,
	title: 'Lead - corporate event',
	status: 1,
	created_at: '2026-06-02T12:00:00.000Z',
	updated_at: '2026-06-02T12:05:00.000Z',
};

const ofLead = (name: string, key: string): VendorEvent => ({
	name,
	sample: { event_key: key, payload: { lead } },
	page,
	confidence: 'inferred',
});
const other = (name: string, key: string): VendorEvent => ({
	name,
	sample: { event_key: key, payload: {} },
	page,
	confidence: 'inferred',
});

export const events: Events = {
	'lead.created': { ...ofLead('Lead Created', 'lead.created'), confidence: 'example-only' },
	'lead.updated': ofLead('Lead Updated', 'lead.updated'),
	'lead.stage_changed': ofLead('Lead Moved to Stage', 'lead.stage_changed'),
	'lead.won': ofLead('Lead Won', 'lead.won'),
	'lead.lost': ofLead('Lead Lost', 'lead.lost'),
	'lead.tag_added': ofLead('Lead Tag Added', 'lead.tag_added'),
	'lead.tag_removed': ofLead('Lead Tag Removed', 'lead.tag_removed'),
	'lead.custom_field_updated': ofLead('Lead Custom Field Updated', 'lead.custom_field_updated'),
	'lead.custom_field_removed': ofLead('Lead Custom Field Removed', 'lead.custom_field_removed'),
	'lead.quality_updated': ofLead('Lead Quality Updated', 'lead.quality_updated'),
	'deal.created': other('Deal Created', 'deal.created'),
	'deal.updated': other('Deal Updated', 'deal.updated'),
	'deal.stage_changed': other('Deal Moved to Stage', 'deal.stage_changed'),
	'deal.won': other('Deal Won', 'deal.won'),
	'deal.lost': other('Deal Lost', 'deal.lost'),
	'deal.tag_added': other('Deal Tag Added', 'deal.tag_added'),
	'deal.tag_removed': other('Deal Tag Removed', 'deal.tag_removed'),
	'deal.custom_field_updated': other('Deal Custom Field Updated', 'deal.custom_field_updated'),
	'deal.custom_field_removed': other('Deal Custom Field Removed', 'deal.custom_field_removed'),
	'deal.quality_updated': other('Deal Quality Updated', 'deal.quality_updated'),
	'chat.message_sent': other('Message Sent', 'chat.message_sent'),
	'chat.message_received': other('Message Received', 'chat.message_received'),
};
