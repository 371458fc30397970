import { integer, text, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { opening } from '../fields';

const create = operation({
	name: 'Create',
	action: 'Create lead',
	description: 'Create a lead with its person, organization, followers and a first note. Running it again makes a second lead.',
	request: 'POST /leads',
	effect: 'writes',
	page: 'https://docs.wegly.com.br/api-reference/cria-um-lead-a-partir-de-uma-integracao-externa',
	contract: 'createLead',
	unverified: 'Wegly describes the members, but path and names are inferred from those of a deal',
	fields: {
		title: text('Title').max(150).required().describe('At most 150 characters'),
		stage_id: uuid('Stage ID').describe('ID of the stage in which the lead starts'),
		quality_rating: integer('Quality Rating').min(1).max(5).describe('From 1, the lowest, to 5, the highest'),
		...opening,
	},
});

const addFollower = operation({
	name: 'Add Follower',
	action: 'Add follower to lead',
	description: 'Make a user follow a lead; the answer is the list of all its followers',
	request: 'POST /leads/{id}/followers',
	effect: 'writes',
	page: 'https://docs.wegly.com.br/api-reference/leads/adicionar-seguidor-ao-lead',
	contract: 'addLeadFollower',
	fields: {
		id: uuid('Lead ID').required(),
		user_id: uuid('User ID').required().describe('ID of a user of the company'),
		role_id: uuid('Role ID').required().describe('ID of the role of the follower; it has to exist and be active'),
		notes: text('Notes').max(1000).rows(3).describe('At most 1000 characters'),
	},
});

export const lead: Resource = { name: 'Lead', operations: { create, addFollower } };
