import type { IHookFunctions } from 'n8n-workflow';
import { isLocal } from '../../../credentials/address';
import { FailureError, failureOf, type Failure } from '../base/failure';
import { apiError } from '../base/nodeErrors';
import type { Input } from '../fields/check';
import type { SendRequest } from '../http/apiRequest';
import { withConnection } from '../http/withConnection';
import { withOptions, type Connection } from '../http/connection';
import { requestsThrough } from '../http/request';
import { givenFor } from './eventFields';
import { vendorName } from './events';
import { stateOf } from './formerAddress';
import { settingsOf } from './settings';
import { fingerprintOf, noteSecret, secretDeriver, signedAddress, type DeriveSecret } from './subscriptionSecrets';
import { madeHere, ownSubscriptions, storeSubscriptions, type OwnSubscription } from './subscriptionStore';
import type { WebhookAddress, Subscribed, Subscription, Trigger, Wanted } from './trigger';

/** Options of the requests: three tries within 20 seconds, because a user waits for the activation. */
const REQUEST_OPTIONS = { maxTries: 3, maxWait: 20, timeout: 20 };

/** The context of work on a trigger's subscriptions. */
interface Work {
	context: IHookFunctions;
	subscription: Subscription;
	send: SendRequest;
	connection: Connection;
	/** Derives a secret, and adds it to the secrets that are removed from messages. */
	derive: DeriveSecret;
}

/**
 * Returns the methods by which n8n creates and removes a subscription. Each check reads the subscriptions from the vendor,
 * because n8n's data may be lost, and the vendor may have paused or removed a subscription.
 */
export function subscriptionMethods(trigger: Trigger, subscription: Subscription) {
	const inWork = async <Result>(context: IHookFunctions, does: (work: Work) => Promise<Result>): Promise<Result> => {
		const asError = (failure: Failure) => apiError(context.getNode(), failure);
		// The secret of a subscription allows forged deliveries, and the vendor may repeat it in a message, like a key.
		const secrets = ownSubscriptions(context).flatMap(({ secret }) => secret ?? []);
		const asked = async (opened: Connection) => {
			const connection = withOptions(opened, REQUEST_OPTIONS);
			const fromKey = secretDeriver(trigger.vendor, connection.credentials);
			const derive = (address: string) => secrets[secrets.push(fromKey(address)) - 1];
			return await does({ context, subscription, send: requestsThrough(connection).send, connection, derive });
		};
		return await withConnection(context, trigger.vendor, asError, asked, secrets);
	};
	return {
		async checkExists(this: IHookFunctions): Promise<boolean> {
			return await inWork(this, async (work) => {
				const wanted = wantedOf(this, trigger, work.connection);
				const { found } = await ours(work, wanted[0]);
				const stays = (one: Wanted) => {
					const { there, own } = matchOf(work, one, found);
					return there !== undefined && isAsWanted(there, one) && secretOf(work, own) !== undefined;
				};
				return found.length === wanted.length && wanted.every(stays);
			});
		},
		async create(this: IHookFunctions): Promise<boolean> {
			return await inWork(this, async (work) => {
				const wanted = wantedOf(this, trigger, work.connection);
				const { found, spared } = await ours(work, wanted[0]);
				const kept: string[] = [];
				// New subscriptions are created before old ones are removed, so that no event is missed in between.
				for (const one of wanted)
					kept.push(...((await updateExisting(work, one, found)) ?? [await createNew(work, one)]));
				for (const { id } of found) if (!kept.includes(id)) await subscription.remove(work.send, id);
				forgetAllBut(this, wanted[0], [...kept, ...spared]);
				return true;
			});
		},
		async delete(this: IHookFunctions): Promise<boolean> {
			return await inWork(this, async (work) => {
				const place = { url: urlOf(this) };
				const left: string[] = [];
				try {
					const { found, spared } = await toRemove(work, place);
					left.push(...spared);
					for (const { id } of found) if (!(await subscription.remove(work.send, id))) left.push(id);
				} catch (error) {
					// n8n deactivates the workflow anyway and logs this message. The ID stays stored for the next activation.
					throw leftBehind(failureOf(error), subscription, trigger.vendor.name, knownAt(this, place));
				}
				// The next activation reuses a subscription that was only deactivated.
				forgetAllBut(this, place, left);
				return true;
			});
		},
	};
}

const urlOf = (context: IHookFunctions): string => context.getNodeWebhookUrl('default') ?? '';

/** Returns the wanted subscriptions. @throws FailureError before anything is sent, if the settings or the address are invalid */
function wantedOf(context: IHookFunctions, trigger: Trigger, { root }: Connection): Wanted[] {
	const { events, otherEvents } = settingsOf(context, trigger);
	const url = urlOf(context);
	refuseUnreachable(url, root, trigger.vendor.name);
	const chosen = events.map((key): [string, Input] => [
		vendorName(key, trigger.events[key]),
		givenFor(trigger.events[key], context, trigger.vendor),
	]);
	const givenTo = new Map([...chosen, ...otherEvents.map((name): [string, Input] => [name, {}])]);
	const names = [...givenTo.keys()].sort();
	return trigger.subscription?.perEvent
		? names.map((name) => ({ url, events: [name], given: givenTo.get(name) }))
		: [{ url, events: names }];
}

/**
 * Refuses an address that the vendor cannot reach, unless the vendor is in the local network itself.
 *
 * @throws FailureError before anything is sent
 */
function refuseUnreachable(address: string, root: string, vendorName: string): void {
	const url = new URL(address);
	if (isLocal(new URL(root)) || (url.protocol === 'https:' && !isLocal(url))) return;
	const why = isLocal(url) ? 'is not reachable from the internet' : 'is not encrypted';
	throw new FailureError({
		message: `${vendorName} cannot send to ${url.origin}, which ${why}`,
		description:
			'Nothing was subscribed. Make n8n reachable over HTTPS, and set its environment variable WEBHOOK_URL to that address, such as https://n8n.example.com/.',
		input: true,
	});
}

/** Returns the end of an address, which identifies the trigger on any host: endpoint, ID of the trigger, path. */
const endOf = ({ url }: WebhookAddress): string =>
	URL.canParse(url) ? new URL(url).pathname.split('/').slice(-3).join('/') : url;

/** Returns the subscriptions that the trigger created for an address, on any host. */
const knownAt = (context: IHookFunctions, place: WebhookAddress): OwnSubscription[] =>
	ownSubscriptions(context).filter(({ end }) => end === endOf(place));

function remember(context: IHookFunctions, own: OwnSubscription, instead: string = own.id): void {
	storeSubscriptions(context, [...ownSubscriptions(context).filter(({ id }) => id !== own.id && id !== instead), own]);
}

/** Removes the stored subscriptions of an address, except those with the given IDs. */
function forgetAllBut(context: IHookFunctions, place: WebhookAddress, ids: readonly string[]): void {
	storeSubscriptions(
		context,
		ownSubscriptions(context).filter(({ id, end }) => end !== endOf(place) || ids.includes(id)),
	);
}

/**
 * Returns the subscriptions of this trigger: those to its exact address, and those that this instance created for an address that
 * is no longer in use. Other subscriptions stay, such as one of a copy of the workflow in another n8n, even if the static data
 * contains its ID.
 *
 * @returns also the IDs of subscriptions whose former address gave no clear response; they stay stored for the next time
 */
async function ours(
	{ context, subscription, send: send }: Work,
	place: WebhookAddress,
): Promise<{ found: Subscribed[]; spared: string[] }> {
	const moved = knownAt(context, place).filter(({ instance }) => instance !== undefined);
	const found: Subscribed[] = [];
	const spared: string[] = [];
	for (const one of await subscription.list(send)) {
		const isMoved = one.url !== place.url && moved.some(({ id }) => id === one.id);
		const state = isMoved ? await stateOf(context, one.url) : undefined;
		if (one.url === place.url || state === 'gone') found.push(one);
		if (state === 'unknown') spared.push(one.id);
	}
	return { found, spared };
}

/**
 * Returns the subscriptions to remove. n8n also calls this after a failed activation. If nothing was created and the vendor does
 * not respond, it returns none, because an error here would block the address of the trigger in n8n.
 */
async function toRemove(work: Work, place: WebhookAddress): Promise<{ found: Subscribed[]; spared: string[] }> {
	const found = ours(work, place);
	return knownAt(work.context, place).length > 0 ? await found : await found.catch(() => ({ found: [], spared: [] }));
}

function isAsWanted({ url, events, active, given = {} }: Subscribed, wanted: Wanted): boolean {
	return (
		active &&
		url === wanted.url &&
		[...events].sort().join() === wanted.events.join() &&
		JSON.stringify(given) === JSON.stringify(wanted.given ?? {})
	);
}

/** Returns the trigger's subscription for the wanted one, as the vendor has it and as the trigger stored it. */
function matchOf(
	{ context, subscription }: Work,
	wanted: Wanted,
	found: Subscribed[],
): { there?: Subscribed; own?: OwnSubscription } {
	const isFor = ({ event }: OwnSubscription) => !subscription.perEvent || event === wanted.events[0];
	const candidates = knownAt(context, wanted).filter(isFor);
	const own = candidates.find(({ id }) => found.some((one) => one.id === id));
	return own ? { own, there: found.find(({ id }) => id === own.id) } : {};
}

/**
 * Returns the secret of a subscription: stored by an earlier version, or derived from the current key of the credential;
 * undefined if it was derived from another key.
 */
function secretOf({ context, derive }: Work, own: OwnSubscription | undefined): string | undefined {
	if (own?.signedFor === undefined) return own?.secret;
	const secret = derive(own.signedFor);
	if (fingerprintOf(secret) !== own.fingerprint) return undefined;
	noteSecret(context, secret);
	return secret;
}

/**
 * Keeps or updates an existing subscription. Its secret must be known, because no vendor returns it.
 *
 * @returns its ID, and its former ID if the vendor changed it; undefined if no subscription can be kept
 */
async function updateExisting(work: Work, wanted: Wanted, found: Subscribed[]): Promise<string[] | undefined> {
	const { context, subscription, send: send } = work;
	const { there, own } = matchOf(work, wanted, found);
	if (!there || !own) return undefined;
	const secret = secretOf(work, own);
	if (secret !== undefined && isAsWanted(there, wanted)) return [there.id];
	if (secret === undefined && !subscription.updatesSecret) return undefined;
	const fresh = secret === undefined ? newlySigned(work, wanted) : undefined;
	const id = await subscription.update(send, there, wanted, fresh?.secret ?? secret!);
	if (id === undefined) return undefined;
	remember(context, fresh ? ownOf(work, id, wanted, fresh) : { ...own, id }, there.id);
	return [there.id, id];
}

async function createNew(work: Work, wanted: Wanted): Promise<string> {
	const fresh = newlySigned(work, wanted);
	const id = await work.subscription.create(work.send, wanted, fresh.secret);
	remember(work.context, ownOf(work, id, wanted, fresh));
	return id;
}

/** A secret, and the address that it is derived from. */
interface Signed {
	secret: string;
	signedFor: string;
}

/** Returns the secret of a new subscription. */
function newlySigned({ context, subscription, derive }: Work, { events: [event] }: Wanted): Signed {
	const signedFor = signedAddress(context, subscription.perEvent ? event : undefined);
	const secret = derive(signedFor);
	noteSecret(context, secret);
	return { secret, signedFor };
}

function ownOf(
	{ context, subscription }: Work,
	id: string,
	wanted: Wanted,
	{ secret, signedFor }: Signed,
): OwnSubscription {
	const event = subscription.perEvent ? { event: wanted.events[0] } : {};
	return { id, ...event, end: endOf(wanted), ...madeHere(context), signedFor, fingerprint: fingerprintOf(secret) };
}

function leftBehind(
	failure: Failure,
	{ byHand }: Subscription,
	vendorName: string,
	known: OwnSubscription[],
): FailureError {
	const which = known.map(({ id }) => ` ${id}`).join(',');
	return new FailureError({
		...failure,
		message: `The subscription${which} in ${vendorName} could not be removed: ${failure.message}`,
		description: `The next activation of the workflow removes or reuses it. ${byHand}`,
	});
}
