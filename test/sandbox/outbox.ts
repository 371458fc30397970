import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Delivery, Handler, VendorSandbox } from './types';

/** What waits to be sent, and the handlers that have something to tell. */
export class Outbox {
	private readonly waiting: Delivery[] = [];

	readonly take = (): Delivery[] => this.waiting.splice(0);

	add(url: string, body: object, headersFor: (body: string) => Record<string, string> = () => ({})): void {
		const text = JSON.stringify(body);
		this.waiting.push({ url, body: text, headers: headersFor(text) });
	}

	/** The handlers, each followed by what it tells when it succeeded. */
	telling(handlers: VendorSandbox['handlers'], tell: (id: string, request: Parameters<Handler>[0], body: unknown) => void): VendorSandbox['handlers'] {
		const followed =
			(id: string, handler: Handler): Handler =>
			(request) => {
				const reply = handler(request);
				if (reply.status < 300) tell(id, request, reply.body);
				return reply;
			};
		return Object.fromEntries(Object.entries(handlers).map(([id, handler]) => [id, followed(id, handler)]));
	}
}

/** HMAC-SHA-256 of a body, as hex. */
export const hmac = (body: string, secret: string): string => createHmac('sha256', secret).update(body).digest('hex');

/** Sends a delivery once, as vendors do that do not repeat. */
export async function deliver({ url, body, headers }: Delivery): Promise<number> {
	return await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }).then(
		({ status }) => status,
		() => 0,
	);
}

/** Stands in for the panel of a vendor, where webhooks are added by hand: `POST /_webhooks` with `url` and, where it signs, `secret`. */
export function addPanel(server: FastifyInstance, { subscribe }: VendorSandbox): void {
	server.post('/_webhooks', async (request, reply) => {
		const { url, secret } = JSON.parse(String(request.body)) as { url: string; secret?: string };
		subscribe?.(url, secret);
		return await reply.code(subscribe ? 201 : 404).send();
	});
}
