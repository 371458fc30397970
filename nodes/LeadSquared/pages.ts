import { listAt } from '../shared/base/lists';
import type { PageStyle } from '../shared/http/paging';

/** Tasks are read by the number of rows to skip, 200 at a time as on the page. https://apidocs.leadsquared.com/retrieve-tasks/ */
export const taskPages: PageStyle = {
	ask: (page, size) => ({ Paging: { Offset: (page - 1) * size, RowCount: size } }),
	place: 'body',
	largest: 200,
	records: (answer) => listAt(answer, 'List'),
	identity: 'UserTaskId',
};

/** Lists come in pages whose size nobody can choose, and no page says which it is. https://apidocs.leadsquared.com/retrieve-all-lists/ */
export const listPages: PageStyle = {
	ask: (PageIndex) => ({ PageIndex }),
	place: 'query',
	largest: Infinity,
	records: (answer) => listAt(answer),
	// Only an empty page is surely the last.
	more: () => true,
	identity: 'ListId',
};
