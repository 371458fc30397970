import type { Reply } from '../../sandbox/types';
import { userDefaults, type Row } from './data';
import { inUtc, inZone, millisecondsOf, type Stamp } from './observedValues';
import { Table } from './table';

/** The versions that ran: of October 2024 (test/observed/woofedcrm.md), and of 2026-01-31 (test/observed/woofedcrm-2026.md). */
export const OBSERVED_VERSIONS = ['2024', '2026'] as const;
export type ObservedVersion = (typeof OBSERVED_VERSIONS)[number];

/** An error that the server leaves to its framework, which answers with the status alone. */
export class FrameworkError extends Error {
	constructor(readonly status: 400 | 404 | 500) {
		super(`status ${status}`);
	}
}

/** A record that a path names does not exist: 2024 leaves it to the framework, 2026 says so. */
export class MissingRecord extends FrameworkError {
	constructor() {
		super(404);
	}
}

const PIPELINES = ['Sales', 'Support'];
const STAGES = [
	{ name: 'Lead', pipeline_id: 1, position: 1 },
	{ name: 'Proposal', pipeline_id: 1, position: 2 },
	{ name: 'Waiting', pipeline_id: 2, position: 1 },
	{ name: 'Answered', pipeline_id: 2, position: 2 },
];

/** The records of an observed server. A fresh installation has two pipelines with their stages, the user of the token, and nothing else. */
export class ObservedState {
	readonly contacts: Table;
	readonly deals: Table;
	readonly events: Table;
	readonly products: Table;
	readonly dealProducts: Table;
	readonly dealAssignees: Table;
	readonly users: Table;
	readonly pipelines: Table;
	readonly stages: Table;
	/** True for the version of 2026-01-31. */
	readonly isNew: boolean;
	private readonly stamp: Stamp;

	constructor(version: ObservedVersion) {
		this.isNew = version === '2026';
		this.stamp = this.isNew ? inUtc : inZone;
		const table = (rows: Array<Record<string, unknown>> = []) =>
			new Table(
				rows.map((row, index) => this.seeded(index + 1, row)),
				this.now,
			);
		this.contacts = table();
		this.deals = table();
		this.events = table();
		this.products = table();
		this.dealProducts = table();
		this.dealAssignees = table();
		this.users = table([{ ...userDefaults, full_name: 'Admin', email: 'admin@example.com' }]);
		this.pipelines = table(PIPELINES.map((name) => ({ name })));
		this.stages = table(STAGES);
	}

	/** The present time as the version writes it. */
	readonly now = (): string => this.stamp(Date.now());

	/** A date and time of a request as the version stores it. */
	readonly moment = (value: unknown): string | null => {
		const milliseconds = millisecondsOf(value);
		return milliseconds === null ? null : this.stamp(milliseconds);
	};

	/** The response to a request for a deal, a product or a deal product that does not exist. */
	get unknown(): Reply {
		return { status: 404, body: this.isNew ? MISSING : { errors: 'Not found' } };
	}

	private seeded(id: number, row: Record<string, unknown>): Row {
		const now = this.now();
		return { id, account_id: 1, ...row, created_at: now, updated_at: now };
	}
}

/** Adds up the products of a deal, which the version of 2026 keeps with the deal. */
export function addUp({ deals, dealProducts, isNew }: ObservedState, dealId: unknown): void {
	const deal = deals.find(dealId);
	if (!isNew || !deal) return;
	const sum = dealProducts
		.where('deal_id', deal.id)
		.reduce((total, line) => total + Number(line.total_amount_in_cents), 0);
	deals.change(deal, { total_deal_products_amount_in_cents: sum });
}

/** What the version of 2026 says of a record that does not exist. */
export const MISSING = { error: 'Resource could not be found' };

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

const breaks = (members: Record<string, unknown>, never: readonly string[]) =>
	never.some((name) => members[name] === null);

/** The record with the id of a path. @throws MissingRecord when there is none */
export function findOrFail(table: Table, id: number | null): Row {
	const row = table.find(id ?? undefined);
	if (!row) throw new MissingRecord();
	return row;
}
