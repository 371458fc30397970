import type { FastifyInstance } from 'fastify';
import { deliver, verification } from './outbox';
import type { VendorSandbox } from './types';

/** A webhook that an administrator added in the panel of a vendor. */
export interface PanelWebhook {
	id: number;
	url: string;
	/** Signs its deliveries, where the vendor signs. */
	secret?: string;
	/** An inactive webhook receives nothing, and no check makes it active again. */
	active: boolean;
}

const isSuccess = (status: number) => status >= 200 && status < 300;

/** The page of a vendor's panel where webhooks are added by hand. */
export class Panel {
	private readonly all: PanelWebhook[] = [];

	/** @param verifies whether the vendor sends each address an empty body, before it saves a webhook and daily */
	constructor(
		private readonly verifies = false,
		private readonly onFirst: () => void = () => undefined,
	) {}

	get webhooks(): readonly PanelWebhook[] {
		return this.all;
	}

	get active(): PanelWebhook[] {
		return this.all.filter(({ active }) => active);
	}

	/** @returns the webhook, or undefined where its address did not answer the check with success */
	async add(url: string, secret?: string): Promise<PanelWebhook | undefined> {
		if (this.verifies && !(await this.isVerified(url))) return undefined;
		if (this.all.length === 0) this.onFirst();
		const webhook = { id: this.all.length + 1, url, secret, active: true };
		this.all.push(webhook);
		return webhook;
	}

	/** The daily job: a webhook whose address does not answer with success becomes inactive. */
	async verifyAll(): Promise<void> {
		if (!this.verifies) return;
		for (const webhook of this.active) webhook.active = await this.isVerified(webhook.url);
	}

	private async isVerified(url: string): Promise<boolean> {
		return isSuccess(await deliver(verification(url)));
	}
}

/** Runs the daily check of a vendor's webhooks, of those added by API too. */
export async function verifyAll({ panel, verifyWebhooks }: VendorSandbox): Promise<void> {
	await panel?.verifyAll();
	await verifyWebhooks?.();
}

/**
 * Serves the panel: `POST /_webhooks` with `url` and, where the vendor signs, `secret` adds a webhook; `GET /_webhooks` lists
 * them, and `POST /_webhooks/verify` runs the daily check.
 */
export function servePanel(server: FastifyInstance, sandbox: VendorSandbox): void {
	const { panel } = sandbox;
	const list = () => panel?.webhooks.map(({ id, url, active }) => ({ id, url, active })) ?? [];
	server.get('/_webhooks', async () => list());
	server.post('/_webhooks', async (request, reply) => {
		if (!panel) return await reply.code(404).send();
		const { url, secret } = JSON.parse(String(request.body)) as { url: string; secret?: string };
		const webhook = await panel.add(url, secret);
		return webhook
			? await reply.code(201).send({ id: webhook.id, url, active: true })
			: await reply.code(422).send({ errors: ['URL is invalid'] });
	});
	server.post('/_webhooks/verify', async () => {
		await verifyAll(sandbox);
		return list();
	});
}
