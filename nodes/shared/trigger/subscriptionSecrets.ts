import { createHash, createHmac } from 'crypto';
import type { ICredentialDataDecryptedObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { trimmedKey } from '../../../credentials/reading';
import type { Vendor } from '../form/vendor';
import { vendorName } from './events';
import { forgetOldest } from './deduplication';
import { ownSubscriptions } from './subscriptionStore';
import type { Trigger } from './trigger';
import { triggerName } from './triggerData';

/** Tells the secrets of subscriptions from anything else that is derived from the same key. */
const LABEL = 'n8n-nodes-crm-pack: secret of a subscription';

/** Secrets that this process keeps of one trigger: one for each key that it saw. */
const MOST_SECRETS = 5;

/** Derived secrets that this process knows, by trigger, each with its fingerprint. */
const known = new Map<string, Map<string, string>>();

/** Derives the secret of a subscription from what `signedAddress` returns. */
export type DeriveSecret = (address: string) => string;

/**
 * Returns the part of a trigger's address that its secret is derived from: origin, webhook ID and path. The endpoint in between
 * is left out, because n8n shows a delivery to the test address the production address.
 *
 * @param event the vendor's name of the event, where the vendor takes one a subscription
 */
export function signedAddress(context: IHookFunctions | IWebhookFunctions, event?: string): string {
	const url = new URL(context.getNodeWebhookUrl('default') ?? '');
	// Without a webhook ID the path has the ID of the workflow and the name of the node in its place.
	const length = context.getNode().webhookId === undefined ? 3 : 2;
	const test = context.getMode() === 'manual' ? ['test'] : [];
	const address = [url.origin, ...test, ...url.pathname.split('/').slice(-length)].join('/');
	return event === undefined ? address : `${address} ${event}`;
}

/**
 * Prepares the derivation of secrets: HMAC-SHA-256 of an address with the key of the credential, as 64 hex digits. The same key
 * and address always have the same secret, so nothing has to be stored and a new publication changes nothing.
 */
export function secretDeriver({ secrets }: Vendor, credentials: ICredentialDataDecryptedObject): DeriveSecret {
	const key = secrets.map((name) => trimmedKey(credentials[name])).join('\n');
	return (address) => createHmac('sha256', key).update(`${LABEL}\n${address}`).digest('hex');
}

/** Returns what tells one secret from another and does not help to sign a delivery. */
export const fingerprintOf = (secret: string): string =>
	createHash('sha256').update(`fingerprint\n${secret}`).digest('base64url').slice(0, 22);

/** Notes a secret for the deliveries of this process: n8n reads a credential slowly, and its key may be replaced. */
export function noteSecret(context: IHookFunctions | IWebhookFunctions, secret: string): void {
	const name = triggerName(context);
	const secrets = known.get(name) ?? new Map<string, string>();
	secrets.delete(fingerprintOf(secret));
	secrets.set(fingerprintOf(secret), secret);
	if (secrets.size > MOST_SECRETS) secrets.delete([...secrets.keys()][0]);
	known.delete(name);
	known.set(name, secrets);
	forgetOldest(known);
}

/**
 * Whether a delivery fits the secret of one of the trigger's subscriptions.
 *
 * After the key of the credential was replaced, the vendor signs with the secret of the earlier key until the workflow is
 * published again. This process takes such deliveries as long as it remembers the secret.
 *
 * @param proves whether the delivery fits a secret
 */
export async function provesSubscription(
	context: IWebhookFunctions,
	trigger: Trigger,
	proves: (secret: string) => boolean,
): Promise<boolean> {
	const subscriptions = ownSubscriptions(context);
	if (subscriptions.some(({ secret }) => secret !== undefined && proves(secret))) return true;
	const expected = subscriptions.flatMap(({ fingerprint }) => fingerprint ?? []);
	const remembered = known.get(triggerName(context));
	const secrets = expected.flatMap((fingerprint) => remembered?.get(fingerprint) ?? []);
	if (secrets.some(proves)) return true;
	// Where each secret in use is known, the credential says nothing new.
	if (expected.length > 0 && secrets.length === expected.length) return false;
	const { vendor } = trigger;
	const credentials = await context.getCredentials(vendor.credential);
	// Anybody knows what is derived from no key.
	if (vendor.secrets.some((name) => trimmedKey(credentials[name]) === '')) return false;
	const derive = secretDeriver(vendor, credentials);
	const addresses = addressesHere(context, trigger);
	const fitting = [...new Set([...addresses, ...subscriptions.flatMap(({ signedFor }) => signedFor ?? [])])]
		.map(derive)
		.find(proves);
	if (fitting !== undefined) noteSecret(context, fitting);
	else if (
		expected.length > 0 &&
		!addresses
			.map(derive)
			.map(fingerprintOf)
			.some((one) => expected.includes(one))
	)
		warnOfReplacedKey(context, vendor);
	return fitting !== undefined;
}

/** What this process would derive the secrets of the trigger's subscriptions from. */
function addressesHere(context: IWebhookFunctions, { events, subscription }: Trigger): string[] {
	if (!subscription?.perEvent) return [signedAddress(context)];
	return [...new Set(Object.entries(events).map(([key, event]) => signedAddress(context, vendorName(key, event))))];
}

function warnOfReplacedKey(context: IWebhookFunctions, { name }: Vendor): void {
	const message = `A delivery was refused: the key of the ${name} credential was replaced. Publish the workflow again to update its subscription.`;
	context.logger.warn(message, { workflowId: context.getWorkflow().id, nodeName: context.getNode().name });
}
