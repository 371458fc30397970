import { randomBytes } from 'crypto';
import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { trimmedKey } from '../../../credentials/reading';
import type { Trigger } from './trigger';

/** What a trigger knows of a subscription that it made. */
export interface OwnSubscription {
	id: string;
	/** Proves its deliveries. */
	secret: string;
	/** End of its address, by which that of a test is told from that of the published workflow: n8n hands one the static data of the other. */
	end: string;
	/** Its event, where the vendor takes one a subscription. */
	event?: string;
}

/** A secret that nobody guesses: as many bits as the hash that it goes into. */
export const newSecret = (): string => randomBytes(32).toString('hex');

/** The subscriptions that a trigger made, for tests too. */
export function ownSubscriptions(context: IHookFunctions | IWebhookFunctions): OwnSubscription[] {
	const { subscriptions } = context.getWorkflowStaticData('node');
	return Array.isArray(subscriptions) ? (subscriptions as unknown as OwnSubscription[]).map((one) => ({ ...one })) : [];
}

/** Keeps them: as a new list, because n8n stores what it sees change. */
export function keepSubscriptions(context: IHookFunctions, subscriptions: OwnSubscription[]): void {
	context.getWorkflowStaticData('node').subscriptions = subscriptions as unknown as IDataObject[];
}

/**
 * The secrets that a delivery may be signed with: those of the trigger's own subscriptions, or that of the credential.
 *
 * @returns `none` where the user gave none: then the address is all that is secret
 */
export async function secretsOf(context: IWebhookFunctions, { vendor, subscription }: Trigger): Promise<string[] | 'none'> {
	if (subscription) return ownSubscriptions(context).map(({ secret }) => secret);
	if (!context.getNode().credentials?.[vendor.credential]) return 'none';
	const secret = trimmedKey((await context.getCredentials(vendor.credential)).webhookSecret);
	return secret === '' ? 'none' : [secret];
}
