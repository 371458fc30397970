import { createHmac, timingSafeEqual } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { takeDelivery } from '../../nodes/shared/trigger/delivery';
import { trigger } from '../../nodes/Wegly/trigger';
import { median, timed } from './stub';

const DELIVERIES = 2_000;
const ROUNDS = 7;
const BODY_BYTES = 5_000;
export const SECRET = 'bench-secret';

export interface DeliveryResult {
	/** Milliseconds of our own work for a delivery. */
	packMs: number;
	/** Milliseconds for the least that a Code node with the same check would do. */
	bareMs: number;
}

/** A delivery of Wegly, of 5 kB and signed; another number is another delivery. */
export function signedDelivery(index: number) {
	const lead = {
		id: String(index),
		title: 'x'.repeat(BODY_BYTES - 150),
		created_at: '2026-07-01T09:00:00Z',
		updated_at: '2026-07-01T09:00:00Z',
	};
	const raw = Buffer.from(JSON.stringify({ event_key: 'lead.created', payload: { lead } }));
	return { raw, signature: createHmac('sha256', SECRET).update(raw).digest('hex') };
}
type SignedDelivery = ReturnType<typeof signedDelivery>;

/** n8n's context without n8n, for one delivery; the static data stay from one to the next. */
function contextOf({ raw, signature }: SignedDelivery, store: IDataObject): IWebhookFunctions {
	const parameters: IDataObject = { events: ['lead.created'] };
	const response = Object.assign(new EventEmitter(), { statusCode: 200 });
	// n8n answers when the method is done.
	setImmediate(() => response.emit('finish'));
	return {
		getRequestObject: () => ({ rawBody: raw }),
		getResponseObject: () => response,
		getHeaderData: () => ({ 'x-wegly-signature': signature, 'x-wegly-event': 'lead.created' }),
		getQueryData: () => ({}),
		getNodeParameter: (name: string, fallback?: unknown) => parameters[name] ?? fallback,
		getCredentials: async () => ({ webhookSecret: SECRET }),
		getNode: () => ({ id: 'trigger', credentials: { [trigger.vendor.credential]: { id: '1', name: 'Wegly' } } }),
		getWorkflow: () => ({ id: 'workflow' }),
		getWorkflowStaticData: () => store,
		getTimezone: () => 'America/Sao_Paulo',
		getMode: () => 'webhook',
		getWebhookName: () => 'default',
	} as unknown as IWebhookFunctions;
}

async function pack(deliveries: SignedDelivery[]): Promise<void> {
	const store: IDataObject = {};
	for (const delivery of deliveries) {
		const { workflowData } = await takeDelivery(contextOf(delivery, store), trigger);
		if (!workflowData) throw new Error('A delivery started no run');
		// The answer goes out before the next comes.
		await new Promise(setImmediate);
	}
}

async function bare(deliveries: SignedDelivery[]): Promise<void> {
	for (const delivery of deliveries) {
		contextOf(delivery, {});
		const expected = createHmac('sha256', SECRET).update(delivery.raw).digest();
		if (!timingSafeEqual(Buffer.from(delivery.signature, 'hex'), expected)) throw new Error('Not signed');
		JSON.parse(delivery.raw.toString('utf8'));
		await new Promise(setImmediate);
	}
}

/** Own work for a delivery of 5 kB whose signature is checked, and whose key is remembered among 500. */
export async function deliveryResults(): Promise<DeliveryResult> {
	const packed: number[] = [];
	const bared: number[] = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		// Another round is other deliveries: the memory of those of the last one would drop them.
		const deliveries = Array.from({ length: DELIVERIES }, (_, index) => signedDelivery(round * DELIVERIES + index));
		packed.push(await timed(async () => await pack(deliveries)));
		bared.push(await timed(async () => await bare(deliveries)));
	}
	return { packMs: median(packed) / DELIVERIES, bareMs: median(bared) / DELIVERIES };
}
