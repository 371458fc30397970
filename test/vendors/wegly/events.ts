import { hmac, Outbox } from '../../sandbox/outbox';
import { Panel } from '../../sandbox/panel';
import type { VendorSandbox } from '../../sandbox/types';

/** What each operation is told as, with the member of the payload. */
const told: Record<string, [event: string, member: string]> = {
	createLead: ['lead.created', 'lead'],
	createDeal: ['deal.created', 'deal'],
	sendMessage: ['chat.message_sent', 'chat'],
};

/** The webhooks of Wegly, signed over the body where a secret was given. */
export function weglyEvents() {
	const outbox = new Outbox();
	const panel = new Panel();
	return {
		take: outbox.take,
		panel,
		telling: (handlers: VendorSandbox['handlers']) =>
			outbox.telling(handlers, (id, _request, body) => {
				if (!told[id]) return;
				const [event, member] = told[id];
				for (const { url, secret } of panel.active) {
					outbox.add(url, { event_key: event, payload: { [member]: body } }, (text) => ({
						'user-agent': 'wegly-webhooks/1.0',
						'x-wegly-event': event,
						...(secret ? { 'x-wegly-signature': hmac(text, secret) } : {}),
					}));
				}
			}),
	};
}
