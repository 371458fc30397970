import { randomBytes } from 'crypto';
import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { trimmedKey } from '../../../credentials/reading';
import { clock } from '../base/clock';
import { forgetOldest } from './memory';
import type { Trigger } from './trigger';
import { storeTriggerData, triggerData, triggerName } from './triggerData';

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
	const { subscriptions } = triggerData(context);
	return Array.isArray(subscriptions) ? (subscriptions as unknown as OwnSubscription[]).map((one) => ({ ...one })) : [];
}

/** Stores the subscriptions that a trigger made. */
export function keepSubscriptions(context: IHookFunctions, subscriptions: OwnSubscription[]): void {
	storeTriggerData(context, { subscriptions: subscriptions as unknown as IDataObject[] });
}

/** How long the secret of a credential is known without n8n being asked, in milliseconds. */
const KNOWN_MS = 10_000;

/** Secrets of credentials, by trigger. */
const known = new Map<string, { secret: string; until: number }>();

/**
 * Whether a delivery proves where it comes from, by a secret of the trigger's own subscriptions, or that of the credential.
 * Where the user gave none, the address is all that is secret.
 *
 * To read a credential, n8n 2 starts an isolate of V8, which costs more than all the rest of a delivery
 * (`applyDefaultsAndOverwrites` in its `credentials-helper`). So one that was read proves deliveries for ten seconds; none is
 * refused before n8n was asked anew.
 *
 * @param proves whether the delivery fits a secret
 */
export async function isProven(context: IWebhookFunctions, { vendor, subscription }: Trigger, proves: (secret: string) => boolean): Promise<boolean> {
	if (subscription) return ownSubscriptions(context).some(({ secret }) => proves(secret));
	const credential = context.getNode().credentials?.[vendor.credential];
	if (!credential) return true;
	const trigger = `${triggerName(context)} ${credential.id ?? ''}`;
	const last = known.get(trigger);
	if (last && clock() < last.until && proves(last.secret)) return true;
	const secret = trimmedKey((await context.getCredentials(vendor.credential)).webhookSecret);
	known.delete(trigger);
	if (secret === '') return true;
	known.set(trigger, { secret, until: clock() + KNOWN_MS });
	forgetOldest(known);
	return proves(secret);
}
