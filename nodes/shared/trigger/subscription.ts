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

/** An activation is waited for by somebody: three tries in at most 20 seconds. */
const PATIENCE = { maxTries: 3, maxWait: 20, timeout: 20 };

/** What the work on a trigger's subscriptions needs. */
interface Work {
	context: IHookFunctions;
	subscription: Subscription;
	ask: SendRequest;
	connection: Connection;
	/** Derives a secret, and keeps it out of everything that is shown. */
	derive: DeriveSecret;
}

/**
 * The methods by which n8n has a subscription made and removed. Whether it is there, the vendor is asked each time: what n8n
 * remembers may be lost, and the vendor may have paused or dropped it.
 */
export function subscriptionMethods(trigger: Trigger, subscription: Subscription) {
	const inWork = async <Result>(context: IHookFunctions, does: (work: Work) => Promise<Result>): Promise<Result> => {
		const asError = (failure: Failure) => apiError(context.getNode(), failure);
		// Whoever knows the secret of a subscription can forge its deliveries, and a vendor may repeat it as it does a key.
		const secrets = ownSubscriptions(context).flatMap(({ secret }) => secret ?? []);
		const asked = async (opened: Connection) => {
			const connection = withOptions(opened, PATIENCE);
			const fromKey = secretDeriver(trigger.vendor, connection.credentials);
			const derive = (address: string) => secrets[secrets.push(fromKey(address)) - 1];
			return await does({ context, subscription, ask: requestsThrough(connection).send, connection, derive });
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
				// The new ones come first: between the two the vendor would tell of nothing.
				for (const one of wanted) kept.push(...((await repaired(work, one, found)) ?? [await made(work, one)]));
				for (const { id } of found) if (!kept.includes(id)) await subscription.remove(work.ask, id);
				forgetAllBut(this, wanted[0], [...kept, ...spared]);
				return true;
			});
		},
		async delete(this: IHookFunctions): Promise<boolean> {
			return await inWork(this, async (work) => {
				const place = { url: urlOf(this) };
				const left: string[] = [];
				try {
					const { found, spared } = await leavings(work, place);
					left.push(...spared);
					for (const { id } of found) if (!(await subscription.remove(work.ask, id))) left.push(id);
				} catch (error) {
					// n8n deactivates the workflow whatever comes, and keeps these words in its log; the ID stays known for the next time.
					throw leftBehind(failureOf(error), subscription, trigger.vendor.name, knownAt(this, place));
				}
				// One that was only switched off is taken up again by the next activation.
				forgetAllBut(this, place, left);
				return true;
			});
		},
	};
}

const urlOf = (context: IHookFunctions): string => context.getNodeWebhookUrl('default') ?? '';

/** @throws FailureError before anything is sent, when the form or the address is not good */
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
 * Refuses an address that the vendor cannot reach. A vendor that is on this network itself may well reach it.
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
			'Nothing was subscribed. Make n8n reachable by https, and set its environment variable WEBHOOK_URL to that address, such as https://n8n.example.com/.',
		input: true,
	});
}

/** The end of an address by which n8n knows the trigger, whatever host it is reached at: endpoint, ID of the trigger, path. */
const endOf = ({ url }: WebhookAddress): string =>
	URL.canParse(url) ? new URL(url).pathname.split('/').slice(-3).join('/') : url;

/** Those that the trigger made for an address, on whatever host. */
const knownAt = (context: IHookFunctions, place: WebhookAddress): OwnSubscription[] =>
	ownSubscriptions(context).filter(({ end }) => end === endOf(place));

function remember(context: IHookFunctions, own: OwnSubscription, instead: string = own.id): void {
	storeSubscriptions(context, [...ownSubscriptions(context).filter(({ id }) => id !== own.id && id !== instead), own]);
}

/** Forgets those of an address that are no more. */
function forgetAllBut(context: IHookFunctions, place: WebhookAddress, ids: readonly string[]): void {
	storeSubscriptions(
		context,
		ownSubscriptions(context).filter(({ id, end }) => end !== endOf(place) || ids.includes(id)),
	);
}

/**
 * The subscriptions of this trigger: those to its very address, and those that this instance made for an address at which nobody
 * listens any more. Anybody else's, such as that of a copy of the workflow in another n8n, is left alone, although its ID came
 * along in the static data.
 *
 * @returns besides them the IDs of those whose former address gives no clear response; they stay known for the next time
 */
async function ours(
	{ context, subscription, ask: send }: Work,
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
 * What is to be removed. n8n asks for this after a failed activation too: where nothing was made and the vendor does not
 * answer, there is nothing, because an error here would keep the address of the trigger taken in n8n.
 */
async function leavings(work: Work, place: WebhookAddress): Promise<{ found: Subscribed[]; spared: string[] }> {
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

/** The one that the trigger made for what is wanted, as the vendor has it and as the trigger knows it. */
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
 * The secret of a subscription: from an earlier version, or derived from the key that the credential has now. Nothing where it
 * was derived from another key.
 */
function secretOf({ context, derive }: Work, own: OwnSubscription | undefined): string | undefined {
	if (own?.signedFor === undefined) return own?.secret;
	const secret = derive(own.signedFor);
	if (fingerprintOf(secret) !== own.fingerprint) return undefined;
	noteSecret(context, secret);
	return secret;
}

/**
 * Keeps one of ours: its secret has to be known, because no vendor tells it.
 *
 * @returns its ID, and the one it had before where the vendor gave it another; nothing where none could be kept
 */
async function repaired(work: Work, wanted: Wanted, found: Subscribed[]): Promise<string[] | undefined> {
	const { context, subscription, ask: send } = work;
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

async function made(work: Work, wanted: Wanted): Promise<string> {
	const fresh = newlySigned(work, wanted);
	const id = await work.subscription.create(work.ask, wanted, fresh.secret);
	remember(work.context, ownOf(work, id, wanted, fresh));
	return id;
}

/** A secret, and what it is derived from. */
interface Signed {
	secret: string;
	signedFor: string;
}

/** The secret of a subscription that is made now. */
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
		description: `It is removed or taken over when the workflow is activated the next time. ${byHand}`,
	});
}
