import { isDeepStrictEqual } from 'node:util';
import { Outbox } from '../outbox';
import { Panel } from '../panel';
import type { VendorSandbox } from '../types';
import type { Row } from './woofedCrmData';
import type { Table } from './woofedCrmTable';

/** What each operation is told as where it made a record, and where it changed one. */
const told: Record<string, { table: 'contacts' | 'deals' | 'events'; noun: string }> = {
	createContact: { table: 'contacts', noun: 'contact' },
	upsertContact: { table: 'contacts', noun: 'contact' },
	createDeal: { table: 'deals', noun: 'deal' },
	upsertDeal: { table: 'deals', noun: 'deal' },
	updateDeal: { table: 'deals', noun: 'deal' },
	createDealEvent: { table: 'events', noun: 'event' },
};

/**
 * The webhooks of WoofedCRM, unsigned: each address gets every event (test/observed/woofedcrm.md). Versions since June 2025 check an
 * address with an empty body when the webhook is saved, and daily.
 */
export function woofedCrmEvents(tables: Record<'contacts' | 'deals' | 'events', Table>) {
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
	const panel = new Panel(true, remember);
	return {
		take: outbox.take,
		panel,
		telling: (handlers: VendorSandbox['handlers']) =>
			outbox.telling(handlers, (id, _request, body) => {
				if (!told[id] || panel.webhooks.length === 0) return;
				const { table, noun } = told[id];
				const row = tables[table].find((body as Row).id)!;
				const old = before.get(keyOf(table, row.id));
				const changes = Object.entries(row)
					.filter(([name, value]) => !isDeepStrictEqual(old?.[name], value))
					.map(([name, value]) => ({ [name]: { previous_value: old?.[name] ?? null, current_value: value } }));
				const event = `${noun}_${old ? 'updated' : 'created'}`;
				for (const { url } of panel.active)
					outbox.add(url, { event, data: { ...wholeOf(table, row), changed_attributes: changes.length > 0 ? changes : null } });
				before.set(keyOf(table, row.id), { ...row });
			}),
	};
}
