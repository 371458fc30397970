import type { Reply } from '../../sandbox/types';
import { contactDefaults, pageOf, type Row } from './data';
import { isHit } from './match';
import type { Query } from './ransack';
import { attributes, id, labels, taken, text } from './observedValues';
import { pageFrom, type ObservedRequest, type ObservedRoutes } from './observedRequest';
import { findOrFail, FrameworkError, insert, update, type ObservedState } from './observedState';

const SEARCHABLE = { fields: ['id', 'full_name', 'email', 'phone', 'app_id', 'app_type', 'created_at', 'updated_at'] };
const TEXTS = ['full_name', 'email', 'phone'];
const casts = { full_name: text, email: text, phone, label_list: labels, custom_attributes: attributes };

/** An address as the version of 2026 checks it. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Contacts as the server keeps them; the version of 2026 checks addresses and takes each address and number once. */
export function contactRoutes({ contacts, deals, events, isNew }: ObservedState): ObservedRoutes {
	const isTaken = (name: 'email' | 'phone', value: unknown, own: Row | undefined) =>
		isGiven(value) &&
		contacts.all().some((other) => other !== own && String(other[name]).toLowerCase() === String(value).toLowerCase());
	/** What a validation says, by property. */
	const problemsOf = (members: Record<string, unknown>, own?: Row): Record<string, string> => ({
		...(isPhone(members.phone) ? {} : { phone: 'is invalid' }),
		...(isNew && isTaken('phone', members.phone, own) ? { phone: 'has already been taken' } : {}),
		...(isNew && isGiven(members.email) && !EMAIL.test(String(members.email)) ? { email: 'is invalid' } : {}),
		...(isNew && isTaken('email', members.email, own) ? { email: 'has already been taken' } : {}),
	});
	const refusal = (members: Record<string, unknown>): Reply | undefined => {
		const errors = Object.entries(problemsOf(members)).map(([name, words]) => `${LABELS[name]} ${words}`);
		if (errors.length > 0) return { status: 422, body: { errors } };
		return (members.label_list as string[] | undefined)?.some((label) => label.length > LONGEST_LABEL)
			? { status: 422, body: { errors: [] } }
			: undefined;
	};
	const add = (members: Record<string, unknown>): Reply => ({
		status: 201,
		body: insert(contacts, { ...contactDefaults, ...members }, TEXTS),
	});
	return {
		'POST contacts': ({ body }) => {
			const members = taken(body, casts);
			return refusal(members) ?? add(members);
		},
		'POST contacts/upsert': ({ body }) => {
			// The values go into the query as they are.
			if ([body.email, body.phone].some((value) => String(value ?? '').includes("'"))) throw new FrameworkError(500);
			const twin = contacts.first((contact) => isHit(contact, body, isNew ? '+' : ''));
			const members = taken(body, casts);
			const problems = Object.entries(problemsOf(members, twin)).map(([name, words]) => [name, [words]]);
			if (problems.length > 0) return { status: 422, body: Object.fromEntries(problems) };
			return twin ? { status: 200, body: update(contacts, twin, members, TEXTS) } : add(members);
		},
		'POST contacts/search': (request) => search(request),
		'GET contacts/search': (request) => search(request),
		'GET contacts/:id': ({ params }) => {
			const contact = findOrFail(contacts, id(params.id));
			return {
				status: 200,
				body: {
					...contact,
					deals: deals.where('contact_id', contact.id),
					events: events.where('contact_id', contact.id),
				},
			};
		},
	};

	function search(request: ObservedRequest): Reply {
		const { found, unknown } = contacts.search(request.search as Query, SEARCHABLE);
		if (unknown.length > 0) throw new FrameworkError(500);
		return { status: 200, body: pageOf(found, pageFrom(request), (row: Row) => row) };
	}
}

const LONGEST_LABEL = 255;

/** Names of properties in messages. */
const LABELS: Readonly<Record<string, string>> = { email: 'Email', phone: 'Phone (cell)' };

const isGiven = (value: unknown) => value !== undefined && value !== null && String(value).trim() !== '';

/** A number gets its plus sign; one that is not text breaks the server. */
function phone(value: unknown): unknown {
	if (typeof value === 'number') throw new FrameworkError(500);
	const number = text(value);
	return number && number.trim() !== '' && !number.startsWith('+') ? `+${number}` : number;
}

/** What the server takes for a number: up to 15 digits after a plus sign, whatever stands before. */
const isPhone = (value: unknown) =>
	value === undefined || value === null || String(value).trim() === '' || /\+[1-9]\d{1,14}$/.test(String(value));
