import type { IDataObject } from 'n8n-workflow';
import type { Events } from '../shared/trigger/trigger';

/** The names are documented, the bodies are not. The samples assume the shape of most of the vendor's responses. */
const page = 'https://docs.syncro.chat/en/webhooks';

const lead = {
	id: 123,
	name: 'Maria Silva',
	phone: '+5511999999999',
	email: 'maria@example.com',
	pipeline_id: 1,
	stage_id: 2,
	source: 'website',
	tags: ['vip'],
};
const task = {
	id: 45,
	subject: 'Call the customer',
	type: 'call',
	status: 'completed',
	due_date: '2026-07-01',
	lead_id: 123,
};

const of = (event: string, record: IDataObject): IDataObject => ({ event, ...record });

export const events: Events = {
	'lead.created': { name: 'Lead Created', sample: of('lead.created', { lead }), page, confidence: 'documented' },
	'lead.updated': { name: 'Lead Updated', sample: of('lead.updated', { lead }), page, confidence: 'documented' },
	'lead.stage_changed': {
		name: 'Lead Moved to Stage',
		sample: of('lead.stage_changed', { lead }),
		page,
		confidence: 'documented',
	},
	'lead.won': { name: 'Lead Won', sample: of('lead.won', { lead }), page, confidence: 'documented' },
	'task.completed': { name: 'Task Completed', sample: of('task.completed', { task }), page, confidence: 'documented' },
};
