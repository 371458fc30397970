import type { Row } from './woofedCrmData';
import { Table } from './woofedCrmTable';
import { nowInZone } from './woofedCrmObservedValues';

/** An error that the server leaves to its framework, which answers with the status alone. */
export class FrameworkError extends Error {
	constructor(readonly status: 400 | 404 | 500) {
		super(`status ${status}`);
	}
}

/** What the server of 2024 holds: a fresh installation has two pipelines with their stages, and nothing else. */
export class ObservedState {
	readonly contacts = new Table([], nowInZone);
	readonly deals = new Table([], nowInZone);
	readonly events = new Table([], nowInZone);
	readonly products = new Table([], nowInZone);
	readonly dealProducts = new Table([], nowInZone);
	readonly pipelines = new Table(named(['Sales', 'Support']), nowInZone);
	readonly stages: Table;

	constructor() {
		const places = [
			{ name: 'Lead', pipeline_id: 1, position: 1 },
			{ name: 'Proposal', pipeline_id: 1, position: 2 },
			{ name: 'Waiting', pipeline_id: 2, position: 1 },
			{ name: 'Answered', pipeline_id: 2, position: 2 },
		];
		this.stages = new Table(
			named(places.map(({ name }) => name)).map((stage, index) => ({ ...stage, ...places[index] })),
			nowInZone,
		);
	}
}

function named(names: string[]): Row[] {
	const stamp = nowInZone();
	return names.map((name, index) => ({ id: index + 1, name, account_id: 1, created_at: stamp, updated_at: stamp }));
}

/** Adds a record; a null breaks the database's rule, and the id that the record was to have is lost. */
export function insert(table: Table, members: Record<string, unknown>, never: readonly string[]): Row {
	if (breaks(members, never)) {
		table.skipId();
		throw new FrameworkError(500);
	}
	return table.add(members);
}

/** Changes a record, under the same rule. */
export function update(table: Table, row: Row, members: Record<string, unknown>, never: readonly string[]): Row {
	if (breaks(members, never)) throw new FrameworkError(500);
	return table.change(row, members);
}

const breaks = (members: Record<string, unknown>, never: readonly string[]) => never.some((name) => members[name] === null);

/** The record with the id of a path. @throws FrameworkError when there is none */
export function findOrFail(table: Table, id: number | null): Row {
	const row = table.find(id ?? undefined);
	if (!row) throw new FrameworkError(404);
	return row;
}
