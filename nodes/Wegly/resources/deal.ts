import { choice, dateTime, decimal, integer, pick, text } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { dealId, exampleDeal, numbered, opening, qualityRating } from '../fields';
import { stages } from '../lookups';

const pages = 'https://docs.wegly.com.br/api-reference/oportunidades';

const simple = [
	'id',
	'code',
	'title',
	'status',
	'stage',
	'pipeline_stages',
	'responsible',
	'participants',
	'expected_close_date',
	'updated_at',
];

const create = operation({
	name: 'Create',
	action: 'Create deal',
	description: 'Create a deal (oportunidade) with person, organization, followers and note. Each run creates another.',
	request: 'POST /deals',
	effect: 'writes',
	page: `${pages}/cria%C3%A7%C3%A3o-de-oportunidades`,
	contract: 'createDeal',
	fields: {
		title: text('Title').max(150).required().example('Plano anual - Padaria Aurora').describe('At most 150 characters'),
		exampleDeal,
		stage_id: pick('Stage', stages).describe(
			'Starting stage; by default the first of the primary pipeline. ' +
				'Listed from Example Deal ID. Deal > Get shows it in pipeline_stages.',
		),
		value: decimal('Value').describe('Amount of the deal, such as 1500.50'),
		expected_close_date: dateTime('Expected Close Date').describe('When you expect to win the deal'),
		quality_rating: choice('Quality Rating', numbered(1, 2, 3, 4, 5)).describe(qualityRating),
		temperature: integer('Temperature').describe(
			'Wegly does not publish the meaning of this number. 1 and 3 are known.',
		),
		lead_source_name: text('Lead Source Name')
			.at('lead_source.name')
			.example('LinkedIn Ads')
			.describe('Where the customer comes from, as the name of the source in Wegly'),
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
	fields: { id: dealId.required() },
});

export const deal: Resource = { name: 'Deal', operations: { create, get } };
