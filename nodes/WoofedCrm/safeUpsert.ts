import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../shared/base/failure';
import { toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import { equivalentPhones } from '../shared/base/phone';
import { sameEmail, samePhone } from '../shared/base/samePerson';
import { findAndLock, type SendRequest, type ApiRequest } from '../shared/http/apiRequest';
import { recordName } from '../shared/http/limiter';
import { findContacts } from './findContacts';
import { keptAndAdded } from './keepAndAdd';
import { searchPages } from './vendor';

interface Person {
	email?: string;
	phone?: string;
}

/**
 * Creates a contact, or updates the one with exactly this email address or phone number.
 *
 * WoofedCRM's own upsert searches for a PART of the address or number. It ignores case, treats `_` and `%` as wildcards, and
 * takes the first hit: riana@example.com overwrites mariana@example.com. So the node sends the same search first:
 *
 * - Without a hit, it creates the contact.
 * - It updates a contact that is truly this person by keys that find no other contact.
 * - It refuses everything else.
 *
 * @throws FailureError with the names of the other contacts, before anything is changed
 */
export async function safeUpsert(
	send: SendRequest,
	request: ApiRequest,
	{ existing, ...person }: Person & { existing?: string },
): Promise<unknown> {
	const search = async () => {
		const found = await sameByVendor(send, person);
		return {
			found,
			same:
				found.length < searchPages.maxPageSize
					? found.filter((contact) => isSame(contact, person))
					: await exactly(send, person),
		};
	};
	const { found, same } = await findAndLock(send, search, (seen) =>
		seen.same.length === 1 ? recordName('contacts', seen.same[0].id) : undefined,
	);
	if (found.length === 0) return await send({ ...request, path: '/contacts' });
	if (same.length !== 1) throw ambiguous(found, same, person);
	const [contact] = same;
	const body = existing === 'merge' ? keptAndAdded(contact, request.body) : { ...request.body };
	return await send({ ...request, body: { ...body, ...(await keysOf(send, contact, person, found)) } });
}

/** Returns the contacts that WoofedCRM's own upsert would find, and those with the other form of a Mexican or Argentine number. */
async function sameByVendor(send: SendRequest, { email, phone }: Person): Promise<IDataObject[]> {
	const byEmail = email ? { email_matches: `%${email}%` } : {};
	const byPhone = phone
		? { phone_matches_any: [...new Set(equivalentPhones(phone).flatMap(spellings))].map((form) => `%${form}%`) }
		: {};
	const query = { m: 'or', ...byEmail, ...byPhone, s: 'id asc' };
	return searchPages.records(
		await send({ method: 'POST', effect: 'reads', path: '/contacts/search', query: {}, body: { query } }),
	);
}

/**
 * Returns the forms of a number that the server searches for in every country. They are the digits; the digits with a 9
 * after the fourth, for fewer than 13 digits; and the digits without the fifth, unless there are 12. Observed on a server of
 * October 2024.
 */
function spellings(phone: string): string[] {
	const digits = phone.replace(/\D/g, '');
	const [start, rest] = [digits.slice(0, 4), digits.slice(4)];
	return [
		digits,
		...(digits.length < 13 ? [`${start}9${rest}`] : []),
		...(digits.length === 12 ? [] : [start + rest.slice(1)]),
	];
}

const isSame = (contact: IDataObject, { email, phone }: Person) =>
	sameEmail(contact.email, email) || samePhone(contact.phone, phone);

/** Returns the contacts that are truly this person, from all pages. A search with many hits may return them on a later page. */
async function exactly(send: SendRequest, person: Person): Promise<IDataObject[]> {
	const search = { method: 'POST', effect: 'reads', path: '/contacts/search', query: {} } as const;
	return listAt(await findContacts(send, search, person), 'data');
}

const KEYS = ['email', 'phone'] as const;

/**
 * Returns the email address and phone number for the upsert, which finds the contact by them and stores them.
 *
 * Values that are stored already keep their stored spelling. If they would also find another contact, or contain an
 * apostrophe, on which the upsert fails, the node uses a stored value of the contact that finds no other contact.
 *
 * @param found all contacts that WoofedCRM would find by the given values
 * @throws FailureError if no key finds only this contact, before anything is changed
 */
async function keysOf(
	send: SendRequest,
	contact: IDataObject,
	person: Person,
	found: readonly IDataObject[],
): Promise<IDataObject> {
	const { email, phone } = contact;
	const kept = {
		...(sameEmail(email, person.email) ? { email } : {}),
		...(samePhone(phone, person.phone) ? { phone } : {}),
	};
	if (found.length === 1 && !person.email?.includes("'")) return kept;
	const changed = Object.fromEntries(
		KEYS.filter((key) => person[key] !== undefined && !(key in kept)).map((key) => [key, person[key]]),
	) as Person;
	const own = KEYS.filter((key) => !(key in changed) && isUsable(contact[key])).sort(
		(a, b) => Number(b in kept) - Number(a in kept),
	);
	for (const key of isUsable(changed.email ?? '@') ? own : []) {
		const keys = { ...changed, [key]: contact[key] };
		const hits = await sameByVendor(send, keys);
		if (hits.length === 1 && hits[0].id === contact.id) return { email: undefined, phone: undefined, ...keys };
	}
	throw person.email?.includes("'") ? apostropheFailure(person.email) : ambiguous(found, [contact], person);
}

/** Whether the upsert can search for a value. It fails on an apostrophe, and a number without a digit finds all contacts. */
const isUsable = (value: unknown): value is string =>
	typeof value === 'string' && !value.includes("'") && (value.includes('@') || /\d/.test(value));

function ambiguous(found: readonly IDataObject[], same: readonly IDataObject[], person: Person): FailureError {
	const others = found.filter((contact) => !isSame(contact, person)).map(labelOf);
	const matches = same.map(labelOf);
	return new FailureError({
		...problemWith(matches, others),
		ownCode: 'AMBIGUOUS',
		description: `Nothing was changed. ${suggestionFor(matches, others)}`,
	});
}

const OVERWRITES =
	'WoofedCRM searches for a part of the email address or phone number, and would overwrite the first contact that contains it.';

function problemWith(same: readonly string[], others: readonly string[]): { message: string } {
	if (same.length > 1)
		return { message: `${same.length} contacts have this email address or phone number: ${same.join('; ')}` };
	const among = others.length === 1 ? 'another contact' : `${others.length} other contacts`;
	if (same.length === 0) return { message: `WoofedCRM would mistake ${among} for this person: ${others.join('; ')}` };
	return { message: `This person is ${same[0]}, but WoofedCRM would also find ${among}: ${others.join('; ')}` };
}

function suggestionFor(same: readonly string[], others: readonly string[]): string {
	if (same.length > 1)
		return 'If they are the same person, delete all but one of them in WoofedCRM. Otherwise enter only the email address or only the phone number.';
	const either = others.length === 1 ? 'it is the same person' : 'one of them is the same person';
	if (same.length === 0)
		return `${OVERWRITES} If ${either}, enter the email address or phone number in that contact in WoofedCRM exactly as here. Otherwise use Contact > Create.`;
	return `${OVERWRITES} Enter the other of email address and phone number, or change the contact in WoofedCRM.`;
}

/** Returns a contact's name, ID, email address and phone number for a message. */
function labelOf({ id, full_name, email, phone }: IDataObject): string {
	const known = [email, phone].filter(Boolean).map(toText).join(', ');
	return `${toText(full_name || 'without a name')} (ID ${toText(id)}, ${known})`;
}

function apostropheFailure(email: string): FailureError {
	return new FailureError({
		message: `'Email' must have no apostrophe to update a contact in WoofedCRM, but is ${email}`,
		description:
			'Nothing was changed. An update works only if the contact already has this address and the given phone number, and no other contact has the number. ' +
			'Change the contact in WoofedCRM.',
	});
}
