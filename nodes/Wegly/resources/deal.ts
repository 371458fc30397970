import { choice, dateTime, decimal, integer, text, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { numbered, opening } from '../fields';

const pages = 'https://docs.wegly.com.br/api-reference/oportunidades';

const simple = ['id', 'code', 'title', 'status', 'stage', 'responsible', 'quality_rating', 'expected_close_date', 'created_at', 'updated_at'];

const create = operation({
	name: 'Create',
	action: 'Create deal',
	description: 'Create a deal (oportunidade) with its person, organization, followers and a first note. Running it again makes a second deal.',
	request: 'POST /deals',
	effect: 'writes',
	page: `${pages}/cria%C3%A7%C3%A3o-de-oportunidades`,
	contract: 'createDeal',
	fields: {
		title: text('Title').max(150).required().describe('At most 150 characters'),
		stage_id: uuid('Stage ID').describe(
			'ID of the stage in which the deal starts; a deal shows those of its pipeline. Without it, the first stage of the primary pipeline.',
		),
		value: decimal('Value').describe('Amount of the deal'),
		expected_close_date: dateTime('Expected Close Date'),
		quality_rating: choice('Quality Rating', numbered(1, 2, 3, 4, 5)).describe('From 1, the lowest, to 5, the highest'),
		temperature: integer('Temperature').describe('Wegly publishes no meaning of this number; 1 and 3 are known'),
		lead_source_name: text('Lead Source Name').at('lead_source.name').example('LinkedIn Ads'),
		...opening,
	},
});

const get = operation({
	name: 'Get',
	action: 'Get deal',
	description: 'Retrieve a deal (oportunidade) by its ID, with the stages of its pipeline',
	request: 'GET /deals/{id}',
	effect: 'reads',
	page: `${pages}/consulta-de-oportunidade`,
	contract: 'getDeal',
	simple,
	fields: { id: uuid('Deal ID').required() },
});

export const deal: Resource = { name: 'Deal', operations: { create, get } };
