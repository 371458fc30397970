import type { IHookFunctions, IWebhookDescription } from 'n8n-workflow';
import { failureOf } from '../base/failure';
import { apiError } from '../base/nodeErrors';
import { settingsOf } from './settings';
import { subscriptionMethods } from './subscription';
import type { Trigger } from './trigger';
import { refuseBlankSecret } from './webhookSecret';

/** Where deliveries arrive. n8n answers before the workflow runs. */
export const deliveries: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	path: 'webhook',
};

/** The same where the vendor is told by API: nobody has to copy the address from the form. */
export const subscribedDeliveries: IWebhookDescription = { ...deliveries, ndvHideUrl: true };

/**
 * Answers deliveries with a body of the vendor's. n8n takes it from the description when a delivery starts a run, and from what
 * the webhook method returns when it starts none.
 */
export function acknowledging(webhook: IWebhookDescription, { acknowledgment }: Trigger): IWebhookDescription {
	return acknowledgment ? { ...webhook, responseData: `={{ (${JSON.stringify(acknowledgment)}) }}` } : webhook;
}

/** n8n's name of a webhook that is called before the deliveries. */
export const SETUP = 'setup';

/**
 * Where a vendor asks whether anybody is there; the answer is success. It comes before the deliveries in a description, because n8n
 * registers webhooks in their order and subscribes with the deliveries.
 */
export const handshake: IWebhookDescription = {
	name: SETUP,
	httpMethod: 'HEAD',
	responseMode: 'onReceived',
	path: 'webhook',
	ndvHideUrl: true,
};

/** The methods that n8n calls when a workflow is activated and deactivated, and when it listens for a test. */
export function webhookMethods(trigger: Trigger) {
	return {
		default: trigger.subscription ? subscriptionMethods(trigger, trigger.subscription) : methodsByHand(trigger),
	};
}

/** Nothing to do but to refuse a form that would take no delivery. */
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
