import type { IDataObject } from 'n8n-workflow';
import type { Lookup } from '../shared/lookup';
import type { PageStyle } from '../shared/operation';
import { memberOf } from '../shared/vendor';

/** Searches come ten to a page, as a bare list or with `pagination`. https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/deals/ */
const searchPages: PageStyle = {
	ask: (page) => ({ page }),
	place: 'body',
	largest: 10,
	records: (answer) => (Array.isArray(answer) ? answer : (memberOf(answer, 'data') ?? [])) as IDataObject[],
	more: (answer) => (Array.isArray(answer) ? answer.length === 10 : typeof memberOf(answer, 'pagination.next') === 'number'),
};

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
	entry: (deal) => ({ name: [deal.name, memberOf(deal, 'stage.name'), memberOf(deal, 'pipeline.name'), deal.status].filter(Boolean).join(' · '), value: deal.id as number }),
};

export const lookups = [deals];
