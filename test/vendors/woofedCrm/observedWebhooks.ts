import type { Row } from './data';
import { woofedCrmEvents } from './events';
import type { ObservedRequest, ObservedRoutes } from './observedRequest';
import type { ObservedState } from './observedState';

/** The records that a request makes or changes. */
const TOLD = {
	'POST contacts': 'contacts',
	'POST contacts/upsert': 'contacts',
	'POST deals': 'deals',
	'POST deals/upsert': 'deals',
	'PUT deals/:id': 'deals',
	'PATCH deals/:id': 'deals',
	'POST deals/:id/events': 'events',
} as const;

/** The ID under which each gateway takes a message. */
const TAKEN_AS: Record<string, (id: number) => Record<string, unknown>> = {
	chatwoot_message: (id) => ({ chatwoot_id: 7_000 + id, chatwoot_conversation_id: 3 }),
	evolution_api_message: (id) => ({ message_id: `3EB0${id}` }),
};

/** Inbox by which the gateway refuses a message, for tests: Chatwoot's answer of 401. */
export const REFUSING_INBOX = '401';

/**
 * The webhooks of an observed server. A message that is sent now is told of as scheduled and then as done; the version of
 * 2024 tells of it as created first. Chatwoot's refusal leaves it done, without an ID. The gateway is played for those who listen.
 */
export function observedWebhooks(state: ObservedState) {
	const events = woofedCrmEvents(state, state.isNew);
	const send = (row: Row) => {
		if (!state.isNew) {
			// It is made first, and scheduled afterwards.
			const made = { ...row, scheduled_at: null, send_now: true };
			events.tell('events', made);
		} else events.know('events', { ...row, scheduled_at: null });
		events.tell('events', row);
		const { chatwoot_inbox_id } = row.additional_attributes as Record<string, unknown>;
		const ids =
			chatwoot_inbox_id === REFUSING_INBOX
				? { chatwoot_id: null, chatwoot_conversation_id: null }
				: TAKEN_AS[String(row.kind)](row.id);
		const additional_attributes = { ...(row.additional_attributes as object), ...ids };
		events.tell('events', state.events.change(row, { done: true, done_at: state.now(), additional_attributes }));
	};
	const tell = (table: (typeof TOLD)[keyof typeof TOLD], { body }: ObservedRequest, id: unknown) => {
		const row = state[table].find(id);
		if (!row || events.panel.webhooks.length === 0) return;
		const isSentNow = table === 'events' && body.send_now === true && String(row.kind) in TAKEN_AS;
		if (isSentNow) send(row);
		else events.tell(table, row);
	};
	return {
		panel: events.panel,
		take: events.take,
		/** The requests, each followed by what it tells. */
		telling: (routes: ObservedRoutes): ObservedRoutes =>
			Object.fromEntries(
				Object.entries(routes).map(([route, carryOut]) => [
					route,
					(request) => {
						const reply = carryOut(request);
						// What was answered stays as it was when a message is marked as done afterwards.
						const answered = { ...reply, body: structuredClone(reply.body) };
						if (route in TOLD && reply.status < 300)
							tell(TOLD[route as keyof typeof TOLD], request, (reply.body as Row).id);
						return answered;
					},
				]),
			),
	};
}
