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
 * WoofedCRM's own upsert looks for a PART of the address or number, without case, with `_` and `%` as wildcards, and takes
 * the first hit: riana@example.com overwrites mariana@example.com. So the node makes the same search first. With no hit it
 * creates the contact. A contact that is truly this person is updated by keys that find nobody else. Everything else is refused.
 *
 * @throws FailureError that names the other contacts, before anything was changed
 */
export async function safeUpsert(
	send: SendRequest,
	request: ApiRequest,
	{ existing, ...person }: Person & { existing?: string },
): Promise<unknown> {
	const look = async () => {
		const found = await sameByVendor(send, person);
		return {
			found,
			same:
				found.length < searchPages.maxPageSize
					? found.filter((one) => isSame(one, person))
					: await exactly(send, person),
		};
	};
	const { found, same } = await findAndLock(send, look, (seen) =>
		seen.same.length === 1 ? recordName('contacts', seen.same[0].id) : undefined,
	);
	if (found.length === 0) return await send({ ...request, path: '/contacts' });
	if (same.length !== 1) throw mixedUp(found, same, person);
	const [contact] = same;
	const body = existing === 'merge' ? keptAndAdded(contact, request.body) : { ...request.body };
	return await send({ ...request, body: { ...body, ...(await keysOf(send, contact, person, found)) } });
}

/** Contacts that WoofedCRM's own matching would hit, and those with the other form of a number of Mexico or Argentina. */
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
 * What the server looks for, whatever the country: the digits, with a 9 put in after the fourth unless there are 13 or
 * more, and without the fifth unless there are 12. Observed on a server of October 2024.
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

/** Contacts that are truly this person, from all pages: a crowded search may show them on a later one. */
async function exactly(send: SendRequest, person: Person): Promise<IDataObject[]> {
	const search = { method: 'POST', effect: 'reads', path: '/contacts/search', query: {} } as const;
	return listAt(await findContacts(send, search, person), 'data');
}

const KEYS = ['email', 'phone'] as const;

/**
 * The email address and phone number of the upsert, which finds the contact by them and stores them.
 *
 * Values that are stored already keep their own spelling. Where they would find another contact too, or hold an apostrophe,
 * over which the upsert breaks, the contact goes by one of its stored values that finds nobody else.
 *
 * @param found all that WoofedCRM would find by what was given
 * @throws FailureError when no key finds this contact alone, before anything was changed
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
	throw person.email?.includes("'") ? apostrophe(person.email) : mixedUp(found, [contact], person);
}

/** Whether the upsert can search for a value: an apostrophe breaks it, and a number without a digit would find everybody. */
const isUsable = (value: unknown): value is string =>
	typeof value === 'string' && !value.includes("'") && (value.includes('@') || /\d/.test(value));

function mixedUp(found: readonly IDataObject[], same: readonly IDataObject[], person: Person): FailureError {
	const others = found.filter((contact) => !isSame(contact, person)).map(inWords);
	const told = same.map(inWords);
	return new FailureError({
		...problemWith(told, others),
		ownCode: 'AMBIGUOUS',
		description: `Nothing was changed. ${adviceOn(told, others)}`,
	});
}

const OVERWRITES =
	'WoofedCRM looks for a part of the email address or phone number, and would overwrite the first that has it.';

function problemWith(same: readonly string[], others: readonly string[]): { message: string } {
	if (same.length > 1)
		return { message: `${same.length} contacts have this email address or phone number: ${same.join('; ')}` };
	const among = others.length === 1 ? 'another contact' : `${others.length} other contacts`;
	if (same.length === 0) return { message: `WoofedCRM would take ${among} for this person: ${others.join('; ')}` };
	return { message: `This person is ${same[0]}, but WoofedCRM would also find ${among}: ${others.join('; ')}` };
}

function adviceOn(same: readonly string[], others: readonly string[]): string {
	if (same.length > 1)
		return 'If they are one person, delete all but one of them in WoofedCRM; if not, give only the email address or only the phone number.';
	const either = others.length === 1 ? 'it is the same person' : 'one of them is the same person';
	if (same.length === 0)
		return `${OVERWRITES} If ${either}, write the email address or phone number into that contact in WoofedCRM exactly as given here; if not, use Contact > Create.`;
	return `${OVERWRITES} Give the other of email address and phone number, or change the contact in WoofedCRM.`;
}

/** A contact by its name, its ID, and what it is found by. */
function inWords({ id, full_name, email, phone }: IDataObject): string {
	const known = [email, phone].filter(Boolean).map(toText).join(', ');
	return `${toText(full_name || 'without a name')} (ID ${toText(id)}, ${known})`;
}

function apostrophe(email: string): FailureError {
	return new FailureError({
		message: `WoofedCRM cannot update a contact by an email address with an apostrophe, and got ${email}`,
		description:
			'Nothing was changed. It works for a contact that has this address and the given phone number already, and shares the number with no other contact. ' +
			'Change the contact in WoofedCRM.',
	});
}
