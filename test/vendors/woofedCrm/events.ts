import { isDeepStrictEqual } from 'node:util';
import { Outbox } from '../../sandbox/outbox';
import { Panel } from '../../sandbox/panel';
import type { VendorSandbox } from '../../sandbox/types';
import type { Row } from './data';
import type { Table } from './table';

/** What a record is called in the name of an event. */
const NOUNS = { contacts: 'contact', deals: 'deal', events: 'event' } as const;

/** The records that operations make or change, and that are told of. */
const told: Record<string, keyof typeof NOUNS> = {
	createContact: 'contacts',
	upsertContact: 'contacts',
	createDeal: 'deals',
	upsertDeal: 'deals',
	updateDeal: 'deals',
	createDealEvent: 'events',
};

/**
 * The webhooks of WoofedCRM, unsigned: each address gets every event (test/observed/woofedcrm.md). Versions since June 2025 check an
 * address with an empty body when the webhook is saved, and daily.
 *
 * @param verifies whether the version does so
 */
export function woofedCrmEvents(tables: Record<keyof typeof NOUNS, Table>, verifies = true) {
	const outbox = new Outbox();
	/** Records as they were told of last. */
	const before = new Map<string, Row>();
	const keyOf = (table: string, id: number) => `${table} ${id}`;
	const remember = () => {
		for (const table of ['contacts', 'deals'] as const) {
			for (const row of tables[table].all()) before.set(keyOf(table, row.id), { ...row });
		}
	};
	const wholeOf = (table: string, row: Row) => {
		const contact = tables.contacts.find(row.contact_id);
		if (table === 'contacts') return { ...row, deals: tables.deals.where('contact_id', row.id) };
		return { ...row, ...(table === 'events' ? { deal: tables.deals.find(row.deal_id) } : {}), contact };
	};
	const panel = new Panel(verifies, remember);
	/** Tells every address of a record as it is now. */
	const tell = (table: keyof typeof NOUNS, row: Row) => {
		if (panel.webhooks.length === 0) return;
		const old = before.get(keyOf(table, row.id));
		const changes = Object.entries(row)
			.filter(([name, value]) => !isDeepStrictEqual(old?.[name], value))
			.map(([name, value]) => ({ [name]: { previous_value: old?.[name] ?? null, current_value: value } }));
		const event = `${NOUNS[table]}_${old ? 'updated' : 'created'}`;
		for (const { url } of panel.active)
			outbox.add(url, {
				event,
				data: { ...wholeOf(table, row), changed_attributes: changes.length > 0 ? changes : null },
			});
		before.set(keyOf(table, row.id), { ...row });
	};
	return {
		take: outbox.take,
		panel,
		tell,
		/** Takes a record for one that was told of. */
		know: (table: keyof typeof NOUNS, row: Row) => void before.set(keyOf(table, row.id), { ...row }),
		telling: (handlers: VendorSandbox['handlers']) =>
			outbox.telling(handlers, (id, _request, body) => {
				const table = told[id];
				if (table) tell(table, tables[table].find((body as Row).id)!);
			}),
	};
}
