import { apiResource } from '../../shared/form/apiRequest';
import { pagesOf } from '../pages';

/** GET requests that change data. https://apidocs.leadsquared.com/lead-delete/ */
const CHANGES = /(Delete|Remove|Empty|MarkComplete)/i;

/**
 * Page size in most of the vendor's examples. The largest page depends on the endpoint and is often undocumented.
 * https://apidocs.leadsquared.com/search-by-lead-criteria/
 */
const PAGE_SIZE = 100;

export const api = apiResource({
	page: 'https://apidocs.leadsquared.com/authentication/',
	example: '/UserManagement.svc/Users.Get',
	pages: { body: { name: 'Yes, by Paging in the Body', style: pagesOf(undefined, PAGE_SIZE) } },
	tell: (method, path) => ({
		bulk: path.includes('/Bulk/'),
		...(method === 'GET' && CHANGES.test(path) ? { effect: 'writes' } : {}),
	}),
});
