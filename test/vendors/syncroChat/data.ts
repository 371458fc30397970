/** What the sandbox's account of Syncro Chat holds from the start. */

export type Lead = {
	id: number;
	name: string;
	phone: string | null;
	email: string | null;
	tags: string[];
	created_at: string;
} & Record<string, unknown>;

export const users = [
	{ id: 12, name: 'Ana', email: 'ana@example.com', role: 'admin' },
	{ id: 13, name: 'Rui', email: 'rui@example.com', role: 'manager' },
];

export const firstLeads: Lead[] = Array.from({ length: 120 }, (_, index) => ({
	id: 123 + index,
	name: index === 0 ? 'João Silva' : `Lead ${index}`,
	phone: `+55119998${String(77660 + index)}`,
	email: `lead${index}@example.com`,
	tags: index < 3 ? ['vip'] : [],
	pipeline_id: 1,
	stage_id: 5,
	custom_fields: {},
	created_at: '2026-06-30T08:00:00Z',
}));

const stage = (id: number, name: string, end: 'won' | 'lost' | '' = '') => ({
	id,
	name,
	color: '#FF6B6B',
	is_won: end === 'won',
	is_lost: end === 'lost',
});

export const pipelines = [
	{
		id: 1,
		name: 'Sales',
		stages: [stage(5, 'Prospecting'), stage(6, 'Proposal'), stage(10, 'Won', 'won'), stage(11, 'Lost', 'lost')],
	},
	{ id: 2, name: 'Support', stages: [stage(20, 'New')] },
];

export const lostReasons = [
	{ id: 3, name: 'Price' },
	{ id: 4, name: 'No answer' },
];

const field = (
	id: number,
	name: string,
	label: string,
	field_type: string,
	options: string[] = [],
	is_required = false,
) => ({
	id,
	name,
	label,
	field_type,
	options,
	is_required,
	is_active: true,
	show_on_card: false,
	sort_order: id,
});

export const customFields = [
	field(1, 'company_size', 'Company Size', 'select', ['1-50', '51-200', '200+']),
	field(2, 'sector', 'Sector', 'text', [], true),
	field(3, 'budget', 'Budget', 'currency'),
	field(4, 'visit', 'Visit', 'date'),
	field(5, 'interests', 'Interests', 'multiselect', ['CRM', 'Chat']),
	field(6, 'newsletter', 'Newsletter', 'checkbox'),
	{ ...field(7, 'old', 'Old Field', 'text'), is_active: false },
];

export const whatsappNumbers = [
	{
		id: 1,
		provider: 'waha',
		display_name: 'Main number',
		phone_number: '+5511900000000',
		is_primary: true,
		status: 'connected',
		supports_templates: false,
		supports_buttons: false,
		has_window_restriction: false,
	},
	{
		id: 2,
		provider: 'cloud_api',
		display_name: 'Official API',
		phone_number: '+5521900000000',
		is_primary: false,
		status: 'connected',
		supports_templates: true,
		supports_buttons: true,
		has_window_restriction: true,
	},
];

export const whatsappTemplates = [
	{ id: 1, name: 'appointment_reminder', language: 'pt_BR', status: 'APPROVED' },
	{ id: 2, name: 'old_offer', language: 'pt_BR', status: 'PAUSED' },
	{
		id: 3,
		name: 'order_shipped',
		language: 'pt_BR',
		status: 'APPROVED',
		components: [
			{ type: 'HEADER', format: 'TEXT', text: 'Pedido enviado' },
			{ type: 'BODY', text: 'Olá {{1}}, seu pedido {{2}} foi enviado e chega até {{3}}. Até logo, {{1}}!' },
		],
	},
	{
		id: 4,
		name: 'welcome',
		language: 'pt_BR',
		status: 'APPROVED',
		components: [{ type: 'BODY', text: 'Seja bem-vindo!' }],
	},
];

export const supportedEvents = [
	'lead.created',
	'lead.updated',
	'lead.stage_changed',
	'lead.won',
	'lead.lost',
	'task.completed',
];

export const firstWebhooks: Array<Record<string, unknown> & { id: number }> = [
	{
		id: 1,
		target_url: 'https://hooks.example.com/syncro',
		events: ['lead.created', 'lead.updated'],
		source: 'api',
		is_active: true,
		failure_count: 0,
		last_success_at: '2026-06-30T10:05:00Z',
		last_failure_at: null,
		created_at: '2026-06-15T14:30:00Z',
	},
];
