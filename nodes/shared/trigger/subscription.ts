import type { IHookFunctions } from 'n8n-workflow';
import { isLocal } from '../../../credentials/address';
import { FailureError, failureOf, type Failure } from '../base/failure';
import { apiError } from '../base/report';
import type { Input } from '../fields/check';
import type { Ask } from '../http/call';
import { connected } from '../http/connected';
import { withOptions, type Connection } from '../http/connection';
import { requestsOn } from '../http/request';
import { givenFor } from './eventFields';
import { vendorName } from './events';
import { keepSubscriptions, newSecret, ownSubscriptions, type OwnSubscription } from './secrets';
import { settingsOf } from './settings';
import type { Place, Subscribed, Subscription, Trigger, Wanted } from './trigger';

/** An activation is waited for by somebody: three tries in at most 20 seconds. */
const PATIENCE = { maxTries: 3, maxWait: 20, timeout: 20 };

/**
 * The methods by which n8n has a subscription made and removed. Whether it is there, the vendor is asked each time: what n8n
 * remembers may be lost, and the vendor may have paused or dropped it.
 */
export function subscriptionMethods(trigger: Trigger, subscription: Subscription) {
	const work = async <Result>(context: IHookFunctions, does: (ask: Ask, connection: Connection, issue: () => string) => Promise<Result>): Promise<Result> => {
		const asError = (failure: Failure) => apiError(context.getNode(), failure);
		const asked = async (connection: Connection) => await does(requestsOn(withOptions(connection, PATIENCE)).ask, connection, issue);
		// Whoever knows the secret of a subscription can forge its deliveries, and a vendor may repeat it as it does a key.
		const secrets = ownSubscriptions(context).map(({ secret }) => secret);
		const issue = () => secrets[secrets.push(newSecret()) - 1];
		return await connected(context, trigger.vendor, asError, asked, secrets);
	};
	return {
		async checkExists(this: IHookFunctions): Promise<boolean> {
			return await work(this, async (ask, connection) => {
				const wanted = wantedOf(this, trigger, connection);
				const found = await ours(this, subscription, ask, wanted[0]);
				return (
					found.length === wanted.length &&
					wanted.every((one) => found.some((there) => isAsWanted(there, one) && there.id === knownTo(this, one, subscription)?.id))
				);
			});
		},
		async create(this: IHookFunctions): Promise<boolean> {
			return await work(this, async (ask, connection, issue) => {
				const wanted = wantedOf(this, trigger, connection);
				const found = await ours(this, subscription, ask, wanted[0]);
				const kept: string[] = [];
				// The new ones come first: between the two the vendor would tell of nothing.
				for (const one of wanted) kept.push(...((await repaired(this, subscription, ask, one, found)) ?? [await made(this, subscription, ask, one, issue())]));
				for (const { id } of found) if (!kept.includes(id)) await subscription.remove(ask, id);
				forgetAllBut(this, wanted[0], kept);
				return true;
			});
		},
		async delete(this: IHookFunctions): Promise<boolean> {
			return await work(this, async (ask) => {
				const place = { url: urlOf(this) };
				const left: string[] = [];
				try {
					for (const { id } of await leavings(this, subscription, ask, place)) if (!(await subscription.remove(ask, id))) left.push(id);
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
	const chosen = events.map((key): [string, Input] => [vendorName(key, trigger.events[key]), givenFor(trigger.events[key], context, trigger.vendor)]);
	const givenTo = new Map([...chosen, ...otherEvents.map((name): [string, Input] => [name, {}])]);
	const names = [...givenTo.keys()].sort();
	return trigger.subscription?.perEvent ? names.map((name) => ({ url, events: [name], given: givenTo.get(name) })) : [{ url, events: names }];
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
		headline: `${vendorName} cannot send to ${url.origin}, which ${why}`,
		advice:
			'Nothing was subscribed. Make n8n reachable by https, and set its environment variable WEBHOOK_URL to that address, such as https://n8n.example.com/.',
		input: true,
	});
}

/** The end of an address by which n8n knows the trigger, whatever host it is reached at: endpoint, ID of the trigger, path. */
const endOf = ({ url }: Place): string => (URL.canParse(url) ? new URL(url).pathname.split('/').slice(-3).join('/') : url);

/** Those that the trigger made for an address, on whatever host. */
const knownAt = (context: IHookFunctions, place: Place): OwnSubscription[] => ownSubscriptions(context).filter(({ end }) => end === endOf(place));

/** The one that the trigger made for what is wanted. */
function knownTo(context: IHookFunctions, wanted: Wanted, { perEvent }: Subscription): OwnSubscription | undefined {
	return knownAt(context, wanted).find(({ event }) => !perEvent || event === wanted.events[0]);
}

function remember(context: IHookFunctions, own: OwnSubscription): void {
	const others = ownSubscriptions(context).filter(({ end, event }) => end !== own.end || event !== own.event);
	keepSubscriptions(context, [...others, own]);
}

/** Forgets those of an address that are no more. */
function forgetAllBut(context: IHookFunctions, place: Place, ids: readonly string[]): void {
	keepSubscriptions(
		context,
		ownSubscriptions(context).filter(({ id, end }) => end !== endOf(place) || ids.includes(id)),
	);
}

/**
 * The subscriptions of this trigger: those to its address, and those that it made, whatever became of their address. Anybody else's,
 * such as that of a copy of the workflow in another n8n, is left alone.
 */
async function ours(context: IHookFunctions, { list }: Subscription, ask: Ask, place: Place): Promise<Subscribed[]> {
	const known = knownAt(context, place).map(({ id }) => id);
	return (await list(ask)).filter(({ id, url }) => url === place.url || known.includes(id));
}

/**
 * What is to be removed. n8n asks for this after a failed activation too: where nothing was made and the vendor does not
 * answer, there is nothing, because an error here would keep the address of the trigger taken in n8n.
 */
async function leavings(context: IHookFunctions, subscription: Subscription, ask: Ask, place: Place): Promise<Subscribed[]> {
	const found = ours(context, subscription, ask, place);
	return knownAt(context, place).length > 0 ? await found : await found.catch(() => []);
}

function isAsWanted({ url, events, active, given = {} }: Subscribed, wanted: Wanted): boolean {
	return active && url === wanted.url && [...events].sort().join() === wanted.events.join() && JSON.stringify(given) === JSON.stringify(wanted.given ?? {});
}

/**
 * Keeps one of ours: its secret has to be known, because no vendor tells it.
 *
 * @returns its ID, and the one it had before where the vendor gave it another; nothing where none could be kept
 */
async function repaired(context: IHookFunctions, subscription: Subscription, ask: Ask, wanted: Wanted, found: Subscribed[]): Promise<string[] | undefined> {
	const known = knownTo(context, wanted, subscription);
	const one = found.find(({ id }) => id === known?.id);
	if (!known || !one) return undefined;
	if (isAsWanted(one, wanted)) return [one.id];
	const id = await subscription.update(ask, one, wanted, known.secret);
	if (id === undefined) return undefined;
	remember(context, { ...known, id });
	return [one.id, id];
}

async function made(context: IHookFunctions, { create, perEvent }: Subscription, ask: Ask, wanted: Wanted, secret: string): Promise<string> {
	const id = await create(ask, wanted, secret);
	remember(context, { id, secret, end: endOf(wanted), ...(perEvent ? { event: wanted.events[0] } : {}) });
	return id;
}

function leftBehind(failure: Failure, { byHand }: Subscription, vendorName: string, known: OwnSubscription[]): FailureError {
	const which = known.map(({ id }) => ` ${id}`).join(',');
	return new FailureError({
		...failure,
		headline: `The subscription${which} in ${vendorName} could not be removed: ${failure.headline}`,
		advice: `It is removed or taken over when the workflow is activated the next time. ${byHand}`,
	});
}
