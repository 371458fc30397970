import { randomBytes } from 'crypto';
import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { isObject } from '../base/json';
import { trimmedKey } from '../../../credentials/reading';
import type { Trigger } from './trigger';

/** What a trigger knows of a subscription that it made. */
export interface OwnSubscription {
	id: string;
	/** Signs its deliveries. */
	secret: string;
}

/** A secret that nobody guesses: as many bits as the hash that it goes into. */
export const newSecret = (): string => randomBytes(32).toString('hex');

/**
 * The subscriptions of a trigger, that of the test and that of the published workflow, by the end of their addresses: n8n hands
 * the static data of the one to the other.
 */
export function ownSubscriptions(context: IHookFunctions | IWebhookFunctions): Record<string, OwnSubscription> {
	const { subscriptions } = context.getWorkflowStaticData('node');
	return isObject(subscriptions) ? ({ ...subscriptions } as unknown as Record<string, OwnSubscription>) : {};
}

/** Keeps them; a changed object would not be seen by n8n, hence a new one each time. */
export function keepSubscriptions(context: IHookFunctions, subscriptions: Record<string, OwnSubscription>): void {
	context.getWorkflowStaticData('node').subscriptions = subscriptions as unknown as IDataObject;
}

/**
 * The secrets that a delivery may be signed with: those of the trigger's own subscriptions, or that of the credential.
 *
 * @returns `none` where the user gave none: then the address is all that is secret
 */
export async function secretsOf(context: IWebhookFunctions, { vendor, subscription }: Trigger): Promise<string[] | 'none'> {
	if (subscription) return Object.values(ownSubscriptions(context)).map(({ secret }) => secret);
	if (!context.getNode().credentials?.[vendor.credential]) return 'none';
	const secret = trimmedKey((await context.getCredentials(vendor.credential)).webhookSecret);
	return secret === '' ? 'none' : [secret];
}
