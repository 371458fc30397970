import type { IWebhookFunctions } from 'n8n-workflow';
import { clock } from '../base/clock';
import { forgetOldest } from './deduplication';
import { provesSubscription } from './subscriptionSecrets';
import type { Trigger } from './trigger';
import { triggerName } from './triggerData';
import { secretsOf } from './webhookSecret';

/** How long the secret of a credential is known without n8n being asked, in milliseconds. */
const KNOWN_MS = 10_000;

/** Secrets of credentials, by trigger. */
const known = new Map<string, { secrets: string[]; until: number }>();

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
export async function isProven(
	context: IWebhookFunctions,
	trigger: Trigger,
	proves: (secret: string) => boolean,
): Promise<boolean> {
	const { vendor, subscription } = trigger;
	if (subscription) return await provesSubscription(context, trigger, proves);
	const credential = context.getNode().credentials?.[vendor.credential];
	if (!credential) return true;
	const name = `${triggerName(context)} ${credential.id ?? ''}`;
	const last = known.get(name);
	if (last && clock() < last.until && last.secrets.some(proves)) return true;
	const secrets = secretsOf((await context.getCredentials(vendor.credential)).webhookSecret);
	known.delete(name);
	if (!secrets) return true;
	known.set(name, { secrets, until: clock() + KNOWN_MS });
	forgetOldest(known);
	return secrets.some(proves);
}
