import { integer, text, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { exampleDeal, follower, leadId, askSupport, opening, qualityRating } from '../fields';

const create = operation({
	name: 'Create',
	action: 'Create lead',
	description: 'Create a lead with person, company, followers and note. Each run adds a lead.',
	request: 'POST /leads',
	effect: 'writes',
	page: 'https://docs.wegly.com.br/api-reference/cria-um-lead-a-partir-de-uma-integracao-externa',
	contract: 'createLead',
	unverified: 'Wegly describes the fields, but path and names are inferred from those of a deal',
	fields: {
		title: text('Title')
			.max(150)
			.required()
			.example('Formulário do site - Ana Souza')
			.describe('At most 150 characters'),
		exampleDeal,
		stage_id: uuid('Stage ID').describe(`Starting stage in the pipeline of leads. ${askSupport}.`),
		quality_rating: integer('Quality Rating').min(1).max(5).describe(qualityRating),
		...opening,
	},
});

const addFollower = operation({
	name: 'Add Follower',
	action: 'Add follower to lead',
	description: 'Make a user follow a lead. Returns all followers of the lead.',
	request: 'POST /leads/{id}/followers',
	effect: 'writes',
	page: 'https://docs.wegly.com.br/api-reference/leads/adicionar-seguidor-ao-lead',
	contract: 'addLeadFollower',
	fields: {
		id: leadId.required(),
		exampleDeal,
		...follower,
		notes: text('Notes')
			.max(1000)
			.rows(3)
			.example('Acompanhar a proposta')
			.describe('Why the user follows the lead, at most 1000 characters'),
	},
});

export const lead: Resource = { name: 'Lead', operations: { create, addFollower } };
