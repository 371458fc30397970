import { seeded } from './records';
import type { Sample } from '../../engine/samples/sample';

const sample = (name: string, resource: string, operation: string, parameters: Sample['parameters']): Sample => ({
	name,
	node: 'wegly',
	parameters: { resource, operation, ...parameters },
});
const inChat = { id: seeded.chat };

export const weglySamples: Sample[] = [
	sample('hand a chat over', 'chat', 'updateResponsible', {
		...inChat,
		user_id: seeded.user,
		update_chat: true,
		update_leads: false,
		update_deals: false,
	}),
	sample('send a template', 'message', 'sendTemplate', { ...inChat, name: 'saudacao_inicial', language: 'pt_BR' }),
	sample('send buttons', 'message', 'sendButtons', {
		...inChat,
		text: 'Podemos ligar hoje?',
		buttons: {
			values: [
				{ id: 'yes', title: 'Sim' },
				{ id: 'no', title: 'Não' },
			],
		},
	}),
	sample('send a place', 'message', 'sendLocation', { ...inChat, latitude: '-23.5614', longitude: '-46.6559' }),
	sample('make a user follow a lead', 'lead', 'addFollower', {
		id: seeded.lead,
		user_id: seeded.user,
		role_id: '6bb94eb7-50df-4f88-9862-7ef8f4b9607c',
	}),
	sample('change a proposal', 'proposal', 'update', {
		id: seeded.proposal,
		updateFields: { title: 'Implantação do CRM, revisada' },
	}),
	{
		...sample('upload a file', 'file', 'upload', {
			files: 'data',
			crm_deal_id: seeded.deal,
			additionalFields: { title: 'Contrato' },
		}),
		binary: { data: { data: 'T2zDoQ==', mimeType: 'text/plain', fileName: 'contrato.txt' } },
	},
];
