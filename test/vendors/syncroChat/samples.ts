import { byId } from '../../engine/forms';
import type { Sample } from '../../engine/samples/sample';

const lead = { resource: 'lead', id: byId(124) };

export const syncroChatSamples: Sample[] = [
	{
		name: 'Create lead',
		node: 'syncroChat',
		parameters: {
			resource: 'lead',
			operation: 'create',
			name: 'Maria',
			pipeline_id: byId(1),
			stage_id: byId(5),
			additionalFields: { phone: '+5511999990000', tags: 'vip, site', value: 5000 },
		},
	},
	{
		name: 'Find or create lead',
		node: 'syncroChat',
		parameters: {
			resource: 'lead',
			operation: 'findOrCreate',
			phone: '(11) 99998-7766',
			options: { defaultCountry: 'BR' },
			name: 'Maria',
			pipeline_id: byId(1),
			stage_id: byId(6),
			additionalFields: { email: 'lead3@example.com', existing: 'move', value: 10 },
		},
	},
	{ name: 'Get lead', node: 'syncroChat', parameters: { ...lead, operation: 'get' } },
	{
		name: 'Get many leads',
		node: 'syncroChat',
		parameters: {
			resource: 'lead',
			operation: 'getAll',
			filters: { q: 'lead', tags: 'vip, site', created_from: '2026-01-01' },
		},
	},
	{
		name: 'Move lead',
		node: 'syncroChat',
		parameters: { ...lead, operation: 'move', pipeline_id: byId(1), stage_id: byId(6) },
	},
	{
		name: 'Mark lead as won',
		node: 'syncroChat',
		parameters: { ...lead, operation: 'markWon', stage_id: byId(10), additionalFields: { value: 7000 } },
	},
	{
		name: 'Mark lead as lost',
		node: 'syncroChat',
		parameters: { ...lead, operation: 'markLost', stage_id: byId(11), reason_id: byId(3) },
	},
	{
		name: 'Send template to lead',
		node: 'syncroChat',
		parameters: {
			...lead,
			operation: 'sendTemplate',
			template_id: byId(1),
			instance_id: byId(2),
			variables: { mappingMode: 'defineBelow', value: { 1: 'João', 2: '10:00' } },
		},
	},
	{ name: 'Delete lead', node: 'syncroChat', parameters: { resource: 'lead', operation: 'delete', id: byId(125) } },
	{
		name: 'Get many pipelines',
		node: 'syncroChat',
		parameters: { resource: 'pipeline', operation: 'getAll', returnAll: true },
	},
	{
		name: 'Get many custom fields',
		node: 'syncroChat',
		parameters: { resource: 'customField', operation: 'getAll', filters: { active_only: true } },
	},
	{
		name: 'Get many WhatsApp templates',
		node: 'syncroChat',
		parameters: { resource: 'whatsappTemplate', operation: 'getAll', filters: { status: 'APPROVED' } },
	},
	{
		name: 'Create webhook',
		node: 'syncroChat',
		parameters: {
			resource: 'webhook',
			operation: 'create',
			target_url: 'https://hooks.example.com/n8n',
			events: ['lead.created', 'task.completed'],
			secret: 'a long random text',
		},
	},
];
