import type { IDataObject } from 'n8n-workflow';
import type { Lookup } from '../shared/lookup';
import { memberOf } from '../shared/vendor';
import { searchPages } from './vendor';

/**
 * Names of stage and pipeline for the deals of a page. The list carries their ids only, a single deal embeds both: one
 * deal is read for each stage there is.
 */
async function withStageNames(records: IDataObject[], read: (path: string) => Promise<unknown>): Promise<IDataObject[]> {
	const examples = new Map(records.filter(({ stage }) => stage === undefined).map((deal) => [deal.stage_id, deal.id]));
	const whole = await Promise.all([...examples.values()].map(async (id) => (await read(`/deals/${String(id)}`)) as IDataObject));
	const byStage = new Map(whole.map((deal) => [deal.stage_id, deal]));
	return records.map((deal) => ({ ...byStage.get(deal.stage_id), ...deal }));
}

/** Only newer versions of WoofedCRM list deals; with older ones the ID is typed. */
export const deals: Lookup = {
	name: 'deals',
	noun: 'a deal',
	id: 'integer',
	example: '27',
	request: 'POST /deals/search',
	page: 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/deals/',
	contract: 'searchDeals',
	ask: (filter) => ({ query: { ...(filter ? { name_cont: filter } : {}), s: 'id desc' } }),
	pages: searchPages,
	complete: withStageNames,
	entry: (deal) => ({ name: [deal.name, memberOf(deal, 'stage.name'), memberOf(deal, 'pipeline.name'), deal.status].filter(Boolean).join(' · '), value: deal.id as number }),
};

export const contacts: Lookup = {
	name: 'contacts',
	noun: 'a contact',
	id: 'integer',
	example: '15',
	request: 'POST /contacts/search',
	page: 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/contacts/',
	contract: 'searchContacts',
	// The joined predicate full_name_or_email_cont breaks older versions.
	ask: (filter) => ({ query: { ...(filter ? { m: 'or', full_name_cont: filter, email_cont: filter, phone_cont: filter } : {}), s: 'id desc' } }),
	pages: searchPages,
	entry: ({ id, full_name, email, phone }) => ({ name: named([full_name, email, phone], 'Contact', id), value: id as number }),
};

export const products: Lookup = {
	name: 'products',
	noun: 'a product',
	id: 'integer',
	example: '3',
	request: 'POST /products/search',
	page: 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/products/',
	contract: 'searchProducts',
	ask: (filter) => ({ query: { ...(filter ? { m: 'or', name_cont: filter, identifier_cont: filter } : {}), s: 'created_at desc' } }),
	pages: searchPages,
	entry: ({ id, name, identifier }) => ({ name: named([name, identifier], 'Product', id), value: id as number }),
};

/** Only newer versions of WoofedCRM list users; with older ones the ID is typed. */
export const users: Lookup = {
	name: 'users',
	noun: 'a user',
	id: 'integer',
	example: '2',
	request: 'POST /users/search',
	page: 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/users/',
	contract: 'searchUsers',
	ask: (filter) => ({ query: { ...(filter ? { m: 'or', full_name_cont: filter, email_cont: filter } : {}), s: 'id desc' } }),
	pages: searchPages,
	entry: ({ id, full_name, email }) => ({ name: named([full_name, email], 'User', id), value: id as number }),
};

/** What is known of a record, or its kind and ID where every text of it is empty. */
function named(texts: unknown[], kind: string, id: unknown): string {
	return texts.filter(Boolean).join(' · ') || `${kind} ${String(id)}`;
}

export const lookups = [deals, contacts, products, users];
