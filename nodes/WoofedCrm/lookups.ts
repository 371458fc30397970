import type { IDataObject } from 'n8n-workflow';
import { isObject, listLabel, valueAt, toText } from '../shared/base/json';
import { idInPath, listAt } from '../shared/base/parseResponse';
import type { Lookup } from '../shared/fields/lookup';
import { namedEntry, stagesOf, type Pipeline } from '../shared/form/pipelines';
import type { SendRequest } from '../shared/http/apiRequest';
import { recordsWhere } from '../shared/http/paging';
import { productPages, searchPages } from './vendor';

/** Identifies stage and pipeline of a deal. A deal that was moved by hand may be in a stage of another pipeline. */
const positionOf = ({ stage_id, pipeline_id }: IDataObject) => `${toText(stage_id)} in ${toText(pipeline_id)}`;

/**
 * Adds the names of stage and pipeline to the deals of a page. The list has only their IDs, but a single deal embeds both.
 * So the node reads one deal for each pair of stage and pipeline.
 */
async function withStageNames(records: IDataObject[], send: SendRequest): Promise<IDataObject[]> {
	const examples = new Map(
		records.filter(({ stage }) => stage === undefined).map((deal) => [positionOf(deal), deal.id]),
	);
	const whole = await Promise.all(
		[...examples.values()].map(
			async (id) => await send({ method: 'GET', effect: 'reads', path: `/deals/${idInPath(id, 'a deal')}`, query: {} }),
		),
	);
	const byPosition = new Map(listAt(whole).map((deal) => [positionOf(deal), deal]));
	return records.map((deal) => ({ ...byPosition.get(positionOf(deal)), ...deal }));
}

/** The URL of a record's page in the panel. https://github.com/douglara/woofed-crm/blob/main/config/routes.rb */
const pageOf = (name: string, id: string) => ({
	path: `/accounts/[0-9]+/${name}`,
	example: `https://app.woofedcrm.com/accounts/1/${name}/${id}`,
});

/** Adds the contacts to the deals of a page, with one search. The list has only their IDs. */
async function withContacts(deals: IDataObject[], send: SendRequest): Promise<IDataObject[]> {
	const ids = [
		...new Set(deals.filter(({ contact }) => contact === undefined).map(({ contact_id }) => contact_id)),
	].filter((id) => typeof id === 'number');
	const search = {
		method: 'POST',
		effect: 'reads',
		path: '/contacts/search',
		query: {},
		body: { query: { id_in: ids, s: 'id asc' } },
	} as const;
	// An empty list of IDs would find all contacts.
	const found = ids.length === 0 ? [] : searchPages.records(await send(search));
	const contacts = new Map(found.map((contact) => [contact.id, contact]));
	return deals.map((deal) => ({ contact: contacts.get(deal.contact_id), ...deal }));
}

/** Only newer versions of WoofedCRM list deals. With older versions the user types the ID. */
export const deals: Lookup = {
	name: 'deals',
	noun: 'a deal',
	id: 'integer',
	example: '27',
	shownAt: pageOf('deals', '27'),
	request: 'POST /deals/search',
	page: 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/deals/',
	contract: 'searchDeals',
	ask: (filter) => ({ query: { ...(filter ? { name_cont: filter } : {}), s: 'id desc' } }),
	pages: searchPages,
	// Contacts first: the deal that the node reads for its stage is another deal, with another contact.
	complete: async (records, send) => await withStageNames(await withContacts(records, send), send),
	entry: (deal) => ({
		name: listLabel(
			deal.name,
			nameOf(deal.contact),
			valueAt(deal, 'stage.name'),
			valueAt(deal, 'pipeline.name'),
			deal.status,
		),
		value: deal.id as number,
	}),
};

export const contacts: Lookup = {
	name: 'contacts',
	noun: 'a contact',
	id: 'integer',
	example: '15',
	shownAt: pageOf('contacts', '15'),
	request: 'POST /contacts/search',
	page: 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/contacts/',
	contract: 'searchContacts',
	// Older versions fail on the joined predicate full_name_or_email_cont.
	ask: (filter) => ({
		query: {
			...(filter ? { m: 'or', full_name_cont: filter, email_cont: filter, phone_cont: filter } : {}),
			s: 'id desc',
		},
	}),
	pages: searchPages,
	entry: ({ id, full_name, email, phone }) => ({
		name: named([full_name, email, phone], 'Contact', id),
		value: id as number,
	}),
};

export const products: Lookup = {
	name: 'products',
	noun: 'a product',
	id: 'integer',
	example: '3',
	shownAt: pageOf('products', '3'),
	request: 'POST /products/search',
	page: 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/products/',
	contract: 'searchProducts',
	ask: (filter) => ({
		query: {
			...(filter ? { m: 'or', name_cont: filter, identifier_cont: filter } : {}),
			s: ['created_at desc', 'identifier asc', 'name asc'],
		},
	}),
	pages: productPages,
	entry: ({ id, name, identifier }) => ({ name: named([name, identifier], 'Product', id), value: id as number }),
};

/** Only newer versions of WoofedCRM list users. With older versions the user types the ID. */
export const users: Lookup = {
	name: 'users',
	noun: 'a user',
	id: 'integer',
	example: '2',
	shownAt: pageOf('users', '2'),
	request: 'POST /users/search',
	page: 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/users/',
	contract: 'searchUsers',
	ask: (filter) => ({
		query: { ...(filter ? { m: 'or', full_name_cont: filter, email_cont: filter } : {}), s: 'id desc' },
	}),
	pages: searchPages,
	entry: ({ id, full_name, email }) => ({ name: named([full_name, email], 'User', id), value: id as number }),
};

type Named = { id: number; name: string };

/** How many deals the node reads for their stages if there is no list of pipelines: the ones changed last. */
const DEALS_FOR_STAGES = 50;

/** Returns the pipelines of recent deals, in the form of the list that most versions of WoofedCRM lack. */
async function pipelinesOfDeals(send: SendRequest): Promise<Pipeline[]> {
	const pipelines = new Map<unknown, Pipeline>();
	const recent = {
		method: 'POST',
		effect: 'reads',
		path: '/deals/search',
		query: {},
		body: { query: { s: ['updated_at desc', 'id asc'] } },
	} as const;
	const deals = await recordsWhere(send, recent, searchPages, () => true, DEALS_FOR_STAGES);
	for (const deal of await withStageNames(deals, send)) {
		const [pipeline, stage] = [
			deal.pipeline as Named | undefined,
			deal.stage as (Named & { pipeline_id?: number }) | undefined,
		];
		if (!isObject(pipeline) || !isObject(stage) || (stage.pipeline_id ?? pipeline.id) !== pipeline.id) continue;
		const known = pipelines.get(pipeline.id) ?? { ...pipeline, stages: [] };
		if (!known.stages.some(({ id }) => id === stage.id)) known.stages.push(stage);
		pipelines.set(pipeline.id, known);
	}
	return [...pipelines.values()];
}

/** Proposed in a pull request of the vendor. Without it, the names come from deals. https://github.com/douglara/woofed-crm/pull/642 */
const fromPipelines = {
	id: 'integer',
	request: 'GET /pipelines',
	page: 'https://github.com/douglara/woofed-crm/pull/642',
	contract: 'listPipelines',
	searchHere: true,
	otherwise: pipelinesOfDeals,
} as const;

export const pipelines: Lookup = {
	...fromPipelines,
	name: 'pipelines',
	noun: 'a pipeline',
	example: '1',
	entry: namedEntry,
};

export const stages: Lookup = {
	...fromPipelines,
	name: 'stages',
	noun: 'a stage',
	example: '5',
	dependsOn: ['pipeline_id', 'pipeline_id_eq'],
	records: (response, parent) => stagesOf(listAt(response) as unknown as Pipeline[], parent),
	entry: namedEntry,
};

/** Proposed in the same pull request. Without it, the user types the ID. https://github.com/douglara/woofed-crm/pull/642 */
export const chatwootInboxes: Lookup = {
	name: 'chatwootInboxes',
	noun: 'an inbox',
	id: 'numberAsText',
	example: '62483',
	request: 'GET /apps/chatwoots/inboxes',
	page: 'https://github.com/douglara/woofed-crm/pull/642',
	contract: 'listChatwootInboxes',
	searchHere: true,
	records: (response) => listAt(response, 'inboxes'),
	entry: ({ id, name }) => ({ name: toText(name), value: typeof id === 'number' ? String(id) : (id as string) }),
};

/** Returns the name of a contact, or else its email address or phone number. */
const nameOf = (contact: unknown) =>
	['full_name', 'email', 'phone'].map((text) => valueAt(contact, text)).find(Boolean);

/** Returns a label of the known texts of a record, or its kind and ID if all texts are empty. */
function named(texts: unknown[], kind: string, id: unknown): string {
	return listLabel(...texts) || `${kind} ${toText(id)}`;
}

export const lookups = [deals, contacts, products, users, pipelines, stages, chatwootInboxes];
