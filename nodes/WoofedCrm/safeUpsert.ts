import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../shared/failure';
import type { Ask, Call } from '../shared/request';
import { formsOf, sameEmail, samePhone } from '../shared/samePerson';
import { keptAndAdded } from './keepAndAdd';
import { searchPages } from './vendor';

/**
 * Creates a contact, or updates the one with exactly this email address or phone number.
 *
 * WoofedCRM's own upsert looks for a PART of the address or number, without case, with `_` and `%` as wildcards, and takes
 * the first hit: riana@example.com overwrites mariana@example.com. So the same search is made first. With no hit the
 * contact is created, with exactly one hit that is truly the same the upsert is safe, and everything else is refused.
 *
 * @throws FailureError that names the other contacts, before anything was changed
 */
export async function safeUpsert(ask: Ask, call: Call, { email, phone, existing }: { email?: string; phone?: string; existing?: string }): Promise<unknown> {
	const found = await sameByVendor(ask, email, phone);
	if (found.length === 0) return await ask({ ...call, path: '/contacts' });
	const others = found.filter((contact) => !sameEmail(contact.email, email) && !samePhone(contact.phone, phone));
	if (found.length === 1 && others.length === 0) return await ask(existing === 'merge' ? { ...call, body: keptAndAdded(found[0], call.body) } : call);
	const names = found.map(({ id, full_name, email: address, phone: number }) => `${String(full_name || 'without a name')} (ID ${String(id)}, ${[address, number].filter(Boolean).map(String).join(', ')})`);
	throw new FailureError({
		headline: `WoofedCRM would not tell apart ${names.length === 1 ? 'another contact' : `${names.length} contacts`}: ${names.join('; ')}`,
		advice: 'Nothing was changed. WoofedCRM looks for a part of the email address or phone number, and would overwrite the first of them. Change the contact in WoofedCRM, or give the other of email and phone.',
	});
}

/** Contacts that WoofedCRM's own matching would hit. */
async function sameByVendor(ask: Ask, email?: string, phone?: string): Promise<IDataObject[]> {
	const query = { m: 'or', ...(email ? { email_matches: `%${email}%` } : {}), ...(phone ? { phone_matches_any: formsOf(phone).map((form) => `%${form}%`) } : {}), s: 'id asc' };
	return searchPages.records(await ask({ method: 'POST', path: '/contacts/search', query: {}, body: { query }, reads: true }));
}
