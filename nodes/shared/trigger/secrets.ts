import type { IWebhookFunctions } from 'n8n-workflow';
import { clock } from '../base/clock';
import { forgetOldest } from './deduplication';
import { provesSubscription } from './subscriptionSecrets';
import type { Trigger } from './trigger';
import { triggerName } from './triggerData';
import { secretsOf } from './webhookSecret';

/** Time for which the secret of a credential is cached, in milliseconds. */
const KNOWN_MS = 10_000;

/** Secrets of credentials, by trigger. */
const known = new Map<string, { secrets: string[]; until: number }>();

/**
 * Returns whether a delivery proves that the vendor sent it, by a secret of the trigger's subscriptions or of the credential.
 * Without a secret of the user, only the address is secret.
 *
 * To read a credential, n8n 2 starts an isolate of V8, which costs more than the rest of a delivery
 * (`applyDefaultsAndOverwrites` in its `credentials-helper`). The secret is therefore cached for ten seconds. Before a delivery
 * is refused, the credential is read again.
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
