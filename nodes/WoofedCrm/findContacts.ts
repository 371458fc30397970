import { formsOf } from '../shared/base/phone';
import { sameEmail, samePhone } from '../shared/base/samePerson';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';
import { recordsWhere } from '../shared/http/paging';
import { searchPages } from './vendor';

/**
 * Finds the contacts with exactly this email address or phone number.
 *
 * WoofedCRM's `eq` is case-sensitive, and its `matches` treats `_` and `%` as wildcards. The node searches email addresses
 * with `matches` and compares the results itself. It searches numbers in all forms that WoofedCRM treats as the same number.
 *
 * @returns the records in the envelope of a search
 * @throws FailureError if the search does not end
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
