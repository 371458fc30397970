import type { Failure } from '../base/failure';
import { isObject } from '../base/json';
import { show } from '../base/show';
import type { Input } from '../fields/check';
import type { Operation, PlacedField } from '../form/operation';
import type { Connection } from '../http/connection';
import { requestLine } from '../http/call';
import { unknownRequest } from '../http/trouble';

/** Fields that one refusal names: more would hide its words. */
const MOST_FIELDS = 3;

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
export function named(asked: Asked, failure: Failure): Failure {
	const { input, fields, connection } = asked;
	const { words, isMissing } = failure;
	const given = fields.filter(({ key, field: { spec } }) => input[key] !== undefined && !spec.secret && !spec.hidden);
	const spoken = words === undefined ? [] : given.filter(spokenOf(words, input));
	const told = spoken.length === 0 && isMissing ? given.filter(naming(asked)) : spoken;
	if (told.length > 0) return { ...failure, headline: `${failure.headline} (given ${told.slice(0, MOST_FIELDS).map(shown).join(', ')})` };
	return isMissing && words !== undefined && failure.httpCode === 404 ? unknownRequest(connection, failure) : failure;

	function shown({ key, field }: PlacedField): string {
		return `'${field.spec.label}' ${show(valueOf(input[key]))}`;
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

/** Whether words speak of a field: by its label, its name in the API, or what it was given. */
function spokenOf(words: string, input: Readonly<Record<string, unknown>>): (field: PlacedField) => boolean {
	return ({ key, field: { spec } }) => {
		const name = (spec.at ?? key).split('.').at(-1)!;
		const given = valueOf(input[key]);
		const value = typeof given === 'object' ? '' : String(given);
		return [spec.label, name, name.replace(/_id$/, ''), value.length < SHORTEST_VALUE ? '' : value].some((text) => holds(words, text));
	};
}

/** Whether a text stands in words as a whole word, in any case. */
function holds(words: string, text: string): boolean {
	if (text === '') return false;
	const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(`(?<![\\p{L}\\d_])${escaped}(?![\\p{L}\\d_])`, 'iu').test(words);
}
