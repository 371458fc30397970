import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { listSearchMethods, loadOptionsMethods } from '../../nodes/shared/editor/listSearch';
import type { Lookup } from '../../nodes/shared/fields/lookup';
import type { PageStyle } from '../../nodes/shared/http/paging';
import { imagined, imaginedContext, type ImaginedAnswer, type ImaginedRequest, type ImaginedRun } from './imagined';

export const LARGEST = 60;
export const pages: PageStyle = {
	parameters: (page, size) => ({ page, size }),
	part: 'query',
	maxPageSize: LARGEST,
	records: (answer) => (answer as { list: IDataObject[] }).list,
	more: (answer) => (answer as { more: boolean }).more,
};
export const things: Lookup = {
	name: 'things',
	noun: 'a thing',
	id: 'integer',
	example: '1',
	request: 'GET /things',
	page: 'https://imagined.example',
	contract: 'listThings',
	entry: ({ id, name }) => ({ name: String(name), value: id as number }),
};
export const paged: Lookup = { ...things, pages };

/** A vendor with so many things, page by page. */
export const vendorWith =
	(count: number) =>
	({ qs }: ImaginedRequest): ImaginedAnswer => {
		const { page, size } = qs as { page: number; size: number };
		const list = Array.from({ length: count }, (_, id) => ({ id: id + 1, name: `Thing ${id + 1}` })).slice(
			(page - 1) * size,
			page * size,
		);
		return { body: { list, more: page * size < count } };
	};
export const whole = (list: unknown) => () => ({ body: list });

export interface Asked {
	filter?: string;
	token?: string;
	answer?: (request: ImaginedRequest, index: number) => ImaginedAnswer;
	parameters?: IDataObject;
}

/** Opens a drop-down as the editor does. */
export async function open(
	lookup: Lookup,
	{ filter, token, answer, parameters = {} }: Asked,
	kind: 'search' | 'options' = 'search',
) {
	const run: ImaginedRun = { output: [], requests: [], hints: [] };
	const context = imaginedContext(run, {
		answer,
		context: {
			getCurrentNodeParameters: () => parameters,
			getCurrentNodeParameter: (name: string) => parameters[name],
		} as never,
	}) as unknown as ILoadOptionsFunctions;
	const result =
		kind === 'search'
			? await listSearchMethods(imagined, [lookup]).things.call(context, filter, token)
			: { results: await loadOptionsMethods(imagined, [lookup]).things.call(context), paginationToken: undefined };
	return { ...result, requests: run.requests };
}

export const ids = ({ results }: { results: ReadonlyArray<{ value: unknown }> }) => results.map(({ value }) => value);
