import type { Failure } from '../base/failure';
import { isObject, toText } from '../base/json';
import { formatValue } from '../base/formatValue';
import type { Input } from '../fields/check';
import type { Operation, PlacedField } from '../form/operation';
import type { Connection } from '../http/connection';
import { requestLine } from '../http/apiRequest';
import { unknownEndpoint } from '../http/requestErrors';

/** Maximum number of fields in an error message. More would hide the message. */
const MAX_FIELDS = 3;

/** Maximum length of the vendor's message that is searched, in characters. Searching megabytes for each field would block n8n. */
const MAX_SEARCHED_LENGTH = 200_000;

/** Minimum length of a value that is searched for in the vendor's message. Shorter values occur in any text. */
const SHORTEST_VALUE = 3;

/** Matches the label of a field with IDs. */
const NAMES_RECORD = /\bIDs?$/;

/** The item that a failure is about. */
interface SentItem {
	operation: Operation;
	input: Input;
	fields: readonly PlacedField[];
	connection: Connection;
}

/**
 * Adds labels and values of the fields that a failure is about: for a missing record the fields that identify it, for other
 * failures the fields that the vendor's message mentions.
 */
export function withErrorContext(sent: SentItem, failure: Failure): Failure {
	const { input, fields, connection } = sent;
	const { isMissing } = failure;
	const message = failure.vendorMessage?.slice(0, MAX_SEARCHED_LENGTH);
	const filled = fields.filter(({ key, field: { spec } }) => input[key] !== undefined && !spec.secret && !spec.hidden);
	const mentions = filled.map((field) => ({
		field,
		mention: message === undefined ? 'none' : mentionIn(message, field, input[field.key]),
	}));
	const isClear = !isMissing || mentions.some(({ mention }) => mention !== 'none');
	const shown = isClear
		? mentions.filter(({ mention }) => mention === 'part').map(({ field }) => field)
		: filled.filter(identifiesRecord(sent));
	if (shown.length > 0)
		return { ...failure, message: `${failure.message} (given ${shown.slice(0, MAX_FIELDS).map(toShort).join(', ')})` };
	return !isClear && message !== undefined && failure.httpCode === 404 ? unknownEndpoint(connection, failure) : failure;

	function toShort({ key, field }: PlacedField): string {
		return `'${field.spec.label}' ${formatValue(valueOf(input[key]))}`;
	}
}

/**
 * Returns whether a field identifies the record: a field in the path, else a required field of a search, or a field of a write
 * that picks a record.
 */
function identifiesRecord({ operation }: SentItem): (field: PlacedField) => boolean {
	const { path } = requestLine(operation);
	if (path.includes('{')) return ({ key }) => path.includes(`{${key}}`);
	if (operation.effect === 'reads') return ({ field: { spec } }) => spec.required === true;
	return ({ field: { spec } }) => spec.ui.type === 'resourceLocator' || NAMES_RECORD.test(spec.label);
}

/** Returns the value of a field. A locator has it beside its mode. */
const valueOf = (input: unknown) => (isObject(input) && 'mode' in input ? input.value : input);

/** Returns what a message mentions of a field: its name (label or API name), its value, both or none. Both need no addition. */
function mentionIn(message: string, { key, field: { spec } }: PlacedField, input: unknown): 'none' | 'part' | 'all' {
	const name = (spec.at ?? key).split('.').at(-1)!;
	const raw = valueOf(input);
	const value = typeof raw === 'object' ? '' : toText(raw);
	const hasName = [spec.label, name, name.replace(/_id$/, '')].some((text) => hasWord(message, text));
	const hasValue = value.length >= SHORTEST_VALUE && hasWord(message, value);
	if (hasName && hasValue) return 'all';
	return hasName || hasValue ? 'part' : 'none';
}

/** A character inside a word. */
const WORD_CHARACTER = /[\p{L}\d_]/u;

/** Returns whether a message contains a text as a whole word, ignoring case. A long text would make a regular expression too large. */
function hasWord(message: string, text: string): boolean {
	if (text === '') return false;
	const [inside, wanted] = [message.toLowerCase(), text.toLowerCase()];
	for (let at = inside.indexOf(wanted); at >= 0; at = inside.indexOf(wanted, at + 1)) {
		const end = at + wanted.length;
		const [before] = [...inside.slice(Math.max(0, at - 2), at)].slice(-1);
		const [after] = inside.slice(end, end + 2);
		if (!WORD_CHARACTER.test(before ?? '') && !WORD_CHARACTER.test(after ?? '')) return true;
	}
	return false;
}
