import { isObject, toText } from '../base/json';
import { possiblePhones } from '../base/samePerson';
import type { Input } from '../fields/check';
import type { Operation, PlacedField } from '../form/operation';
import { requestLine } from '../http/apiRequest';
import { type LockMode, recordName } from '../http/limiter';

const EMAIL = /e-?mail/i;
const PHONE = /phone|mobile|whatsapp/i;

/** Fewer digits are no phone number that tells one person from another. */
const FEWEST_DIGITS = 6;

/** What requests on the same record share: the IDs in the path, and fields marked as ordered. Case does not matter. */
export function recordKey(operation: Operation, input: Input, fields: readonly PlacedField[]): string | undefined {
	if (operation.oneAtATime) return 'one at a time';
	const names = orderedFields(operation, input, fields).map(({ key, at }) => nameOf(operation, key, at, input[key]));
	return names.length > 0 ? names.sort().join(' + ') : undefined;
}

/**
 * What an item holds in the whole process while its requests run: its record, and the person that it looks for or creates.
 *
 * Whoever looks for a person and then writes keeps others away. Writes that look for nobody share the person, because
 * several records may have one phone number.
 */
export function heldBy(
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
	// Without a person to tell it by, an item that looks for its record keeps all others of its operation away.
	return people.length === 0 && operation.oneAtATime ? [[`every ${requestLine(operation).path}`, 'alone']] : people;
}

function orderedFields(operation: Operation, input: Input, fields: readonly PlacedField[]): PlacedField[] {
	const { path } = requestLine(operation);
	return fields.filter(
		({ key, field }) => (path.includes(`{${key}}`) || field.spec.ordered) && input[key] !== undefined,
	);
}

/** The name of a record, which is the same for all operations where they name it alike: `{id}` of `/deals/{id}` and `deal_id`. */
function nameOf(operation: Operation, key: string, at: string, value: unknown): string {
	const person = typeof value === 'string' ? peopleIn(at, value) : [];
	if (person.length > 0) return person.join(' + ');
	const parts = requestLine(operation).path.split('/');
	const inPath = parts.indexOf(`{${key}}`);
	const kind = inPath > 1 ? parts[inPath - 1] : key.replace(/_id$/, 's');
	return recordName(kind, typeof value === 'object' ? JSON.stringify(value) : value);
}

/** The people whom a field names by email address or phone number; the fields of a mapper count one by one. */
function peopleIn(path: string, value: unknown): string[] {
	if (isObject(value))
		return Object.entries(value).flatMap(([name, member]) => (isObject(member) ? [] : peopleIn(name, member)));
	if (typeof value !== 'string' && typeof value !== 'number') return [];
	const name = path.slice(path.lastIndexOf('.') + 1);
	const text = toText(value).trim();
	if (EMAIL.test(name) && text.includes('@')) return [`@email ${text.toLowerCase()}`];
	if (PHONE.test(name) && text.replace(/\D/g, '').length >= FEWEST_DIGITS)
		return possiblePhones(text).map((number) => `@phone ${number}`);
	return [];
}
