import type { Row } from './data';

/** Which columns of a kind of record the vendor lets one search and sort by. */
export interface Searchable {
	fields: readonly string[];
	/** Whether several fields may share a predicate, as in `name_or_identifier_cont`. */
	joined?: boolean;
}

export type Query = Record<string, unknown>;

type Test = (row: Row) => boolean;

const PREDICATE =
	/^(.+?)_(eq|not_eq|cont|not_cont|i_cont|not_i_cont|start|not_start|end|not_end|lt|lteq|gt|gteq|in|not_in|present|blank|null|not_null|matches|does_not_match)(_any|_all)?$/;

/**
 * Records that a query of the vendor's search library lets through, in the order of `s`.
 *
 * Blank values are dropped, and so is a sort by what is not searchable: the records come as the database holds them.
 * https://activerecord-hackery.github.io/ransack/getting-started/using-predicates/
 *
 * @returns the records, and the keys that the library does not understand
 */
export function select(rows: Row[], query: Query, searchable: Searchable): { found: Row[]; unknown: string[] } {
	const unknown: string[] = [];
	return { found: sorted(rows.filter(testOf(query, searchable, unknown)), query.s, searchable), unknown };
}

function testOf({ s: _sort, m, g, ...predicates }: Query, searchable: Searchable, unknown: string[]): Test {
	const groups = (Array.isArray(g) ? (g as Query[]) : []).map((group) => testOf(group, searchable, unknown));
	const tests = [
		...Object.entries(predicates).flatMap(([key, value]) => predicateOf(key, value, searchable, unknown)),
		...groups,
	];
	return (row) =>
		tests.length === 0 || (m === 'or' ? tests.some((test) => test(row)) : tests.every((test) => test(row)));
}

/** The test of one key; none for a key that is not known, or whose value is blank. */
function predicateOf(key: string, given: unknown, { fields, joined }: Searchable, unknown: string[]): Test[] {
	const [, name = '', predicate, every] = PREDICATE.exec(key) ?? [];
	const names = joined ? name.split('_or_') : [name];
	if (!names.every((field) => fields.includes(field))) {
		unknown.push(key);
		return [];
	}
	const isList = every !== undefined || predicate.endsWith('in');
	const wanted = (isList && Array.isArray(given) ? given : [given])
		.map((value) => cast(names[0], value))
		.filter((value) => value !== null);
	if (wanted.length === 0) return [];
	const [positive, negated] = [predicate.replace(/^not_|^does_not_/, ''), /^not_|^does_not_/.test(predicate)];
	const fits = (row: Row, value: Value) =>
		names.some((field) => holds(cast(field, row[field], true), positive, value) !== negated);
	return [
		(row) =>
			every === '_all' || (negated && !every)
				? wanted.every((value) => fits(row, value))
				: wanted.some((value) => fits(row, value)),
	];
}

type Value = number | string;

/** A value as the column has it: a moment in milliseconds, a number, or text. Blank or unreadable is null. */
function cast(field: string, value: unknown, isStored = false): Value | null {
	const text =
		typeof value === 'string'
			? isStored
				? value
				: value.trim()
			: typeof value === 'number' || typeof value === 'boolean'
				? String(value)
				: '';
	if (text === '') return isStored && typeof value === 'string' ? '' : null;
	if (field.endsWith('_at')) return momentOf(text, isStored);
	return /(^|_)id$|_in_cents$|^quantity/.test(field) ? Number.parseInt(text, 10) || 0 : text;
}

/** Half a millisecond is added to a stored moment with a fraction, because the database has microseconds and answers show milliseconds. */
function momentOf(text: string, isStored: boolean): number | null {
	const moment = Date.parse(text);
	return Number.isNaN(moment) ? null : moment + (isStored && /\.\d{3}/.test(text) ? 0.5 : 0);
}

function holds(stored: Value | null, predicate: string, wanted: Value): boolean {
	const isYes = ['1', 'true'].includes(String(wanted));
	if (predicate === 'null') return (stored === null) === isYes;
	if (predicate === 'blank') return (stored === null || stored === '') === isYes;
	if (predicate === 'present') return (stored === null || stored === '') !== isYes;
	if (stored === null) return false;
	const [text, part] = [String(stored).toLowerCase(), String(wanted).toLowerCase()];
	const results: Record<string, boolean> = {
		eq: stored === wanted,
		in: stored === wanted,
		gteq: stored >= wanted,
		lteq: stored <= wanted,
		gt: stored > wanted,
		lt: stored < wanted,
		cont: text.includes(part),
		i_cont: text.includes(part),
		start: text.startsWith(part),
		end: text.endsWith(part),
	};
	return results[predicate] ?? isLike(stored, String(wanted));
}

/** SQL's ILIKE: `%` for any text, `_` for any character, without regard to case. */
export function isLike(stored: unknown, pattern: string): boolean {
	const expression = pattern
		.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
		.replace(/%/g, '.*')
		.replace(/_/g, '.');
	return new RegExp(`^${expression}$`, 'is').test(String(stored ?? ''));
}

/** Ties stay as they were, so that a record that moves in the database moves among them. */
function sorted(rows: Row[], sort: unknown, { fields }: Searchable): Row[] {
	const orders = (Array.isArray(sort) ? sort : [sort])
		.map((order) => String(order).trim().split(/\s+/))
		.filter(([name]) => fields.includes(name));
	return rows.sort((one, other) => {
		for (const [name, direction] of orders) {
			const [a, b] = [cast(name, one[name], true) ?? '', cast(name, other[name], true) ?? ''];
			if (a !== b) return (a < b ? -1 : 1) * (direction === 'desc' ? -1 : 1);
		}
		return 0;
	});
}
