import type { Reply, SandboxRequest } from '../types';
import { now, pagination, type Row } from './woofedCrmData';

const PREDICATE = /^(.+?)_(eq|cont|gteq|lteq|gt|lt|matches|eq_any|matches_any)$/;

/** Records of one kind: kept, changed, and searched as the vendor's search library does it. */
export class Table {
	private readonly rows: Map<number, Row>;
	private lastId: number;

	constructor(seed: Row[]) {
		this.rows = new Map(seed.map((row) => [row.id, row]));
		this.lastId = Math.max(0, ...this.rows.keys());
	}

	add(members: Record<string, unknown>): Row {
		const id = (this.lastId += 1);
		const row = { account_id: 1, created_at: now(), updated_at: now(), ...members, id };
		this.rows.set(id, row);
		return row;
	}

	find(id: unknown): Row | undefined {
		return this.rows.get(Number(id));
	}

	change(row: Row, members: Record<string, unknown>): Row {
		return Object.assign(row, members, { updated_at: now() });
	}

	remove(id: unknown): boolean {
		return this.rows.delete(Number(id));
	}

	where(name: string, value: unknown): Row[] {
		return [...this.rows.values()].filter((row) => row[name] === value);
	}

	/** The first record whose member holds a part of a text, which is how the vendor's upsert looks for a contact. */
	firstLike(name: string, part: string): Row | undefined {
		return [...this.rows.values()].find((row) => likes(row[name], `%${part}%`));
	}

	/** A page of ten of the records that the query lets through; a blank value lets through everything, as the vendor does. */
	search({ body, query: inAddress }: SandboxRequest, known: readonly string[], shown: (row: Row) => unknown = (row) => row): Reply {
		const { query = {}, page = Number(inAddress.page ?? 1) } = body as { query?: Record<string, unknown>; page?: number };
		const { s, m, ...predicates } = query;
		const conditions = Object.entries(predicates).map(([key, value]) => ({ parts: PREDICATE.exec(key), value }));
		if (conditions.some(({ parts }) => !parts || !known.includes(parts[1]))) return { status: 422, body: { errors: 'Invalid search parameters', details: 'Unknown attribute or predicate' } };
		const tests = conditions.filter(({ value }) => value !== '' && value !== null).map(({ parts, value }) => (row: Row) => holds(row[parts![1]], parts![2], value));
		const fits = (row: Row) => (m === 'or' && tests.length > 0 ? tests.some((test) => test(row)) : tests.every((test) => test(row)));
		const found = sorted([...this.rows.values()].filter(fits), String(s ?? 'id asc'));
		return { status: 200, body: { data: found.slice((page - 1) * 10, page * 10).map(shown), pagination: pagination(found.length, page) } };
	}
}

function holds(stored: unknown, predicate: string, wanted: unknown): boolean {
	if (predicate.endsWith('_any')) return (wanted as string[]).some((one) => holds(stored, predicate.replace('_any', ''), one));
	if (predicate === 'matches') return likes(stored, String(wanted));
	if (predicate === 'cont') return String(stored).toLowerCase().includes(String(wanted).toLowerCase());
	const [one, other] = [comparable(stored), comparable(wanted)];
	const results: Record<string, boolean> = { eq: one === other, gteq: one >= other, lteq: one <= other, gt: one > other, lt: one < other };
	return results[predicate];
}

/** SQL's ILIKE: `%` for any text, `_` for any character, without regard to case. */
function likes(stored: unknown, pattern: string): boolean {
	const expression = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/%/g, '.*').replace(/_/g, '.');
	return new RegExp(`^${expression}$`, 'is').test(String(stored ?? ''));
}

/** Moments are compared by their time and numbers by their size, whatever they are written as. */
function comparable(value: unknown): number | string {
	if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return Date.parse(value);
	return value === '' || Number.isNaN(Number(value)) ? String(value) : Number(value);
}

function sorted(rows: Row[], order: string): Row[] {
	const [name, direction] = order.split(' ');
	const sign = direction === 'desc' ? -1 : 1;
	return rows.sort((a, b) => sign * (comparable(a[name]) < comparable(b[name]) ? -1 : comparable(a[name]) > comparable(b[name]) ? 1 : 0) || a.id - b.id);
}
