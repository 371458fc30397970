import { isObject, toText } from '../base/json';
import { possiblePhones } from '../base/samePerson';
import type { Input } from '../fields/check';
import type { Operation, PlacedField } from '../form/operation';
import { requestLine } from '../http/apiRequest';
import { type LockMode, recordName } from '../http/limiter';

const EMAIL = /e-?mail/i;
const PHONE = /phone|mobile|whatsapp/i;

/** Minimum number of digits of a phone number that identifies a person. */
const FEWEST_DIGITS = 6;

/**
 * Returns the key that requests on the same record share: the IDs in the path, and fields marked as ordered. Case does not
 * matter.
 */
export function recordKey(operation: Operation, input: Input, fields: readonly PlacedField[]): string | undefined {
	if (operation.oneAtATime) return 'one at a time';
	const names = orderedFields(operation, input, fields).map(({ key, at }) => nameOf(operation, key, at, input[key]));
	return names.length > 0 ? names.sort().join(' + ') : undefined;
}

/**
 * Returns the locks that an item holds in the whole process while its requests run: its record, and the person that it searches
 * for or creates.
 *
 * An item that searches for a person and then writes holds the lock alone. Other writes share the lock, because several records
 * may have the same phone number.
 */
export function locksFor(
	operation: Operation,
	input: Input,
	fields: readonly PlacedField[],
): Array<readonly [string, LockMode]> {
	if (operation.effect === 'reads') return [];
	const ordered = new Set(orderedFields(operation, input, fields).map(({ key }) => key));
	const people = fields.flatMap(({ key, at }) =>
		peopleIn(at, input[key]).map(
			(name) => [name, operation.oneAtATime || ordered.has(key) ? 'alone' : 'shared'] as const,
		),
	);
	const record = operation.oneAtATime ? undefined : recordKey(operation, input, fields);
	if (record !== undefined) return [[record, 'alone'], ...people];
	// Without a person that identifies the record, the item locks the whole operation.
	return people.length === 0 && operation.oneAtATime ? [[`every ${requestLine(operation).path}`, 'alone']] : people;
}

function orderedFields(operation: Operation, input: Input, fields: readonly PlacedField[]): PlacedField[] {
	const { path } = requestLine(operation);
	return fields.filter(
		({ key, field }) => (path.includes(`{${key}}`) || field.spec.ordered) && input[key] !== undefined,
	);
}

/** Returns the name of a record. It is the same for all operations on the record: `{id}` of `/deals/{id}` equals `deal_id`. */
function nameOf(operation: Operation, key: string, at: string, value: unknown): string {
	const person = typeof value === 'string' ? peopleIn(at, value) : [];
	if (person.length > 0) return person.join(' + ');
	const parts = requestLine(operation).path.split('/');
	const inPath = parts.indexOf(`{${key}}`);
	const kind = inPath > 1 ? parts[inPath - 1] : key.replace(/_id$/, 's');
	return recordName(kind, typeof value === 'object' ? JSON.stringify(value) : value);
}

/** Returns the people that a field identifies by email address or phone number. Each field of a mapper counts. */
function peopleIn(path: string, value: unknown): string[] {
	if (isObject(value))
		return Object.entries(value).flatMap(([name, property]) => (isObject(property) ? [] : peopleIn(name, property)));
	if (typeof value !== 'string' && typeof value !== 'number') return [];
	const name = path.slice(path.lastIndexOf('.') + 1);
	const text = toText(value).trim();
	if (EMAIL.test(name) && text.includes('@')) return [`@email ${text.toLowerCase()}`];
	if (PHONE.test(name) && text.replace(/\D/g, '').length >= FEWEST_DIGITS)
		return possiblePhones(text).map((number) => `@phone ${number}`);
	return [];
}
