import { isDeepStrictEqual } from 'node:util';
import type { Row } from './data';
import { select, type Query, type Searchable } from './ransack';

/** Records of one kind, in the order in which the database holds them: one that is changed moves to the end. */
export class Table {
	private readonly rows: Map<number, Row>;
	private lastId: number;

	constructor(
		seed: Row[],
		private readonly now: () => string,
	) {
		this.rows = new Map(seed.map((row) => [row.id, row]));
		this.lastId = Math.max(0, ...this.rows.keys());
	}

	add(members: Record<string, unknown>): Row {
		const id = (this.lastId += 1);
		const stamp = this.now();
		const row = { account_id: 1, created_at: stamp, updated_at: stamp, ...members, id };
		this.rows.set(id, row);
		return row;
	}

	all(): Row[] {
		return [...this.rows.values()];
	}

	find(id: unknown): Row | undefined {
		return this.rows.get(Number(id));
	}

	/** An id that is used up by a record that could not be stored. */
	skipId(): void {
		this.lastId += 1;
	}

	/** Writes what differs; a record in which nothing differs stays as and where it is. */
	change(row: Row, members: Record<string, unknown>): Row {
		if (Object.entries(members).every(([name, value]) => isDeepStrictEqual(row[name], value))) return row;
		this.rows.delete(row.id);
		this.rows.set(row.id, row);
		return Object.assign(row, members, { updated_at: this.now() });
	}

	remove(id: unknown): boolean {
		return this.rows.delete(Number(id));
	}

	where(name: string, value: unknown): Row[] {
		return [...this.rows.values()].filter((row) => row[name] === value);
	}

	/** The record with the lowest id of those that fit. */
	first(fits: (row: Row) => boolean): Row | undefined {
		return [...this.rows.values()].filter(fits).sort((a, b) => a.id - b.id)[0];
	}

	/** The records that a search finds, and what it does not understand of the query. */
	search(query: Query, searchable: Searchable): { found: Row[]; unknown: string[] } {
		return select([...this.rows.values()], query, searchable);
	}
}
