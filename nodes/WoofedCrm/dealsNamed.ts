import type { IDataObject } from 'n8n-workflow';
import { failureOf } from '../shared/base/failure';
import { toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import type { SendRequest } from '../shared/http/apiRequest';
import { recordsWhere } from '../shared/http/paging';
import { searchPages } from './vendor';

/**
 * Returns the deals of a contact that have exactly this name, from all pages.
 *
 * Only the newest versions of WoofedCRM search for deals. All versions list the deals of a contact with the contact. Nothing
 * is remembered about the version, because a server may be updated between two items.
 *
 * @throws FailureError when there is no such contact, or when the list cannot be read to its end
 */
export async function dealsNamed(send: SendRequest, contactId: string | number, name: string): Promise<IDataObject[]> {
	const isWanted = (deal: IDataObject) => deal.name === name && toText(deal.contact_id) === String(contactId);
	const query = { contact_id_eq: contactId, name_eq: name, s: 'id asc' };
	const search = { method: 'POST', effect: 'reads', path: '/deals/search', query: {}, body: { query } } as const;
	const ofContact = async () => {
		const contact = await send({
			method: 'GET',
			effect: 'reads',
			path: `/contacts/${encodeURIComponent(contactId)}`,
			query: {},
		});
		return listAt(contact, 'deals').filter((deal) => isWanted({ contact_id: contactId, ...deal }));
	};
	const found = recordsWhere(send, search, searchPages, isWanted);
	return await found.catch(async (error: unknown) => await (failureOf(error).isUnsupported ? ofContact() : found));
}
