import type { Failure } from '../base/failure';
import { isObject, toText } from '../base/json';
import { formatValue } from '../base/formatValue';
import type { Input } from '../fields/check';
import type { Operation, PlacedField } from '../form/operation';
import type { Connection } from '../http/connection';
import { requestLine } from '../http/apiRequest';
import { unknownEndpoint } from '../http/requestErrors';

/** Fields that one refusal names: more would hide its words. */
const MOST_FIELDS = 3;

/** Characters of a vendor's words that are searched: a search in megabytes, for each field, would hold up all of n8n. */
const MOST_WORDS = 200_000;

/** Shortest value that is looked for in the words of a vendor: shorter ones stand in any text. */
const SHORTEST_VALUE = 3;

/** Label of a field that holds IDs. */
const NAMES_RECORD = /\bIDs?$/;

/** What an item asked for. */
interface Asked {
	operation: Operation;
	input: Input;
	fields: readonly PlacedField[];
	connection: Connection;
}

/**
 * A refusal with labels and values of the fields that it is about: a record that was not found by those that name it, and
 * anything else by those that the vendor's words speak of.
 */
export function withErrorContext(asked: Asked, failure: Failure): Failure {
	const { input, fields, connection } = asked;
	const { isMissing } = failure;
	const words = failure.vendorMessage?.slice(0, MOST_WORDS);
	const given = fields.filter(({ key, field: { spec } }) => input[key] !== undefined && !spec.secret && !spec.hidden);
	const spoken = given.map((field) => ({
		field,
		share: words === undefined ? 'nothing' : shareIn(words, field, input[field.key]),
	}));
	const isClear = !isMissing || spoken.some(({ share }) => share !== 'nothing');
	const told = isClear
		? spoken.filter(({ share }) => share === 'part').map(({ field }) => field)
		: given.filter(naming(asked));
	if (told.length > 0)
		return { ...failure, message: `${failure.message} (given ${told.slice(0, MOST_FIELDS).map(shown).join(', ')})` };
	return !isClear && words !== undefined && failure.httpCode === 404 ? unknownEndpoint(connection, failure) : failure;

	function shown({ key, field }: PlacedField): string {
		return `'${field.spec.label}' ${formatValue(valueOf(input[key]))}`;
	}
}

/** The fields that name a record: those in the path, else what a search cannot do without, or the records that a write is given. */
function naming({ operation }: Asked): (field: PlacedField) => boolean {
	const { path } = requestLine(operation);
	if (path.includes('{')) return ({ key }) => path.includes(`{${key}}`);
	if (operation.effect === 'reads') return ({ field: { spec } }) => spec.required === true;
	return ({ field: { spec } }) => spec.ui.type === 'resourceLocator' || NAMES_RECORD.test(spec.label);
}

/** What a user gave: a locator by ID or address holds it beside its mode. */
const valueOf = (given: unknown) => (isObject(given) && 'mode' in given ? given.value : given);

/** How much words say of a field: its label or its name in the API, and what it was given; who says both needs no help. */
function shareIn(words: string, { key, field: { spec } }: PlacedField, input: unknown): 'nothing' | 'part' | 'all' {
	const name = (spec.at ?? key).split('.').at(-1)!;
	const given = valueOf(input);
	const value = typeof given === 'object' ? '' : toText(given);
	const saysName = [spec.label, name, name.replace(/_id$/, '')].some((text) => holds(words, text));
	const saysValue = value.length >= SHORTEST_VALUE && holds(words, value);
	if (saysName && saysValue) return 'all';
	return saysName || saysValue ? 'part' : 'nothing';
}

/** What a word goes on with. */
const OF_A_WORD = /[\p{L}\d_]/u;

/** Whether a text stands in words as a whole word, in any case. It is no regular expression, which a long text would make too large. */
function holds(words: string, text: string): boolean {
	if (text === '') return false;
	const [inside, wanted] = [words.toLowerCase(), text.toLowerCase()];
	for (let at = inside.indexOf(wanted); at >= 0; at = inside.indexOf(wanted, at + 1)) {
		const end = at + wanted.length;
		const [before] = [...inside.slice(Math.max(0, at - 2), at)].slice(-1);
		const [after] = inside.slice(end, end + 2);
		if (!OF_A_WORD.test(before ?? '') && !OF_A_WORD.test(after ?? '')) return true;
	}
	return false;
}
