import { formsOf } from '../shared/base/phone';
import { sameEmail, samePhone } from '../shared/base/samePerson';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';
import { recordsWhere } from '../shared/http/paging';
import { searchPages } from './vendor';

/**
 * Contacts with exactly this email address or phone number.
 *
 * WoofedCRM's `eq` minds the case, and its `matches` takes `_` and `%` for wildcards: the email address is searched by
 * the latter and compared again. Numbers are searched in all forms that WoofedCRM takes for the same one.
 *
 * @returns the records in the envelope of a search
 * @throws FailureError when the search does not end
 */
export async function findContacts(
	send: SendRequest,
	request: ApiRequest,
	{ email, phone }: { email?: string; phone?: string },
): Promise<unknown> {
	const phones = phone ? { phone_eq_any: formsOf(phone).flatMap((form) => [form, form.slice(1)]) } : {};
	const query = { m: 'or', ...(email ? { email_matches: email } : {}), ...phones, s: 'id asc' };
	return {
		data: await recordsWhere(
			send,
			{ ...request, body: { query } },
			searchPages,
			(contact) => sameEmail(contact.email, email) || samePhone(contact.phone, phone),
		),
	};
}
