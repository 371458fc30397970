import type { IHookFunctions, IWebhookDescription } from 'n8n-workflow';
import { failureOf } from '../base/failure';
import { apiError } from '../base/nodeErrors';
import { settingsOf } from './settings';
import { subscriptionMethods } from './subscription';
import type { Trigger } from './trigger';
import { refuseBlankSecret } from './webhookSecret';

/** The webhook for deliveries. n8n responds before the workflow runs. */
export const deliveries: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	path: 'webhook',
};

/** The webhook for deliveries if the node subscribes by API. The form hides the address, because nobody needs to copy it. */
export const subscribedDeliveries: IWebhookDescription = { ...deliveries, ndvHideUrl: true };

/**
 * Adds the vendor's response body to a webhook. n8n takes it from the description if a delivery starts a run, and from the
 * result of the webhook method if it starts none.
 */
export function acknowledging(webhook: IWebhookDescription, { acknowledgment }: Trigger): IWebhookDescription {
	return acknowledgment ? { ...webhook, responseData: `={{ (${JSON.stringify(acknowledgment)}) }}` } : webhook;
}

/** Name of the webhook that a vendor calls before the deliveries. */
export const SETUP = 'setup';

/**
 * The webhook for a vendor's check of the address. It always responds with success. It must precede the webhook for deliveries
 * in a description, because n8n registers webhooks in order and subscribes with the latter.
 */
export const handshake: IWebhookDescription = {
	name: SETUP,
	httpMethod: 'HEAD',
	responseMode: 'onReceived',
	path: 'webhook',
	ndvHideUrl: true,
};

/** Returns the methods that n8n calls when a workflow is activated or deactivated, and when it listens for a test. */
export function webhookMethods(trigger: Trigger) {
	return {
		default: trigger.subscription ? subscriptionMethods(trigger, trigger.subscription) : methodsByHand(trigger),
	};
}

/** Returns the methods of a trigger without subscriptions. They only refuse settings that would accept no delivery. */
function methodsByHand(trigger: Trigger) {
	return {
		async checkExists(this: IHookFunctions): Promise<boolean> {
			try {
				settingsOf(this, trigger);
				await refuseBlankSecret(this, trigger.vendor);
			} catch (error) {
				throw apiError(this.getNode(), failureOf(error));
			}
			return true;
		},
		async create(this: IHookFunctions): Promise<boolean> {
			return true;
		},
		async delete(this: IHookFunctions): Promise<boolean> {
			return true;
		},
	};
}
