import { createHmac } from 'node:crypto';
import { isLocal } from '../../credentials/address';
import type { Delivery, Handler, VendorSandbox } from './types';

/** Whether an address is told anything: nobody beyond this computer and its network is. */
export const isReached = (url: unknown): boolean => isLocal(new URL(String(url)));

/** What waits to be sent, and the handlers that have something to tell. */
export class Outbox {
	private readonly waiting: Delivery[] = [];

	readonly take = (): Delivery[] => this.waiting.splice(0);

	add(
		url: string,
		body: object,
		headersFor: (body: string) => Record<string, string> = () => ({}),
		onStatus?: Delivery['onStatus'],
	): void {
		const text = JSON.stringify(body);
		this.push({ url, body: text, headers: headersFor(text), onStatus });
	}

	/** Checks an address with a request without a body, as vendors do before they send deliveries. */
	greet(url: string): void {
		this.push({ url, headers: {} });
	}

	/** Checks an address with an empty body. */
	verify(url: string, headers: Record<string, string>, onStatus?: Delivery['onStatus']): void {
		this.push({ ...verification(url, headers), onStatus });
	}

	private push(delivery: Delivery): void {
		if (isReached(delivery.url)) this.waiting.push(delivery);
	}

	/** The handlers, each followed by what it tells when it succeeded. */
	telling(
		handlers: VendorSandbox['handlers'],
		tell: (id: string, request: Parameters<Handler>[0], body: unknown) => void,
	): VendorSandbox['handlers'] {
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

/** What a vendor sends to find out whether an address takes its deliveries: a POST without a body. */
export const verification = (url: string, headers: Record<string, string> = {}): Delivery => ({
	url,
	body: '',
	headers,
});

/** HMAC-SHA-256 of a body, as hex. */
export const hmac = (body: string, secret: string): string => createHmac('sha256', secret).update(body).digest('hex');

/**
 * Sends a delivery once, as vendors do that do not retry.
 *
 * @returns the status of the response; 0 where none came, or where the address is beyond this computer and its network
 */
export async function deliver({ url, body, headers, onStatus }: Delivery): Promise<number> {
	if (!isReached(url)) return 0;
	const request =
		body === undefined
			? { method: 'HEAD', headers }
			: { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
	const status = await fetch(url, { ...request, redirect: 'manual' }).then(
		(response) => response.status,
		() => 0,
	);
	onStatus?.(status);
	return status;
}
