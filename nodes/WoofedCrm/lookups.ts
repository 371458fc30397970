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

export const lookups = [deals];
