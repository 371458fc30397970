import type { IHookFunctions } from 'n8n-workflow';
import { isLocal } from '../../../credentials/address';
import { FailureError, failureOf, type Failure } from '../base/failure';
import { apiError } from '../base/report';
import type { Ask } from '../http/call';
import { connected } from '../http/connected';
import { withOptions, type Connection } from '../http/connection';
import { requestsOn } from '../http/request';
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
	const work = async <Result>(context: IHookFunctions, does: (ask: Ask, connection: Connection) => Promise<Result>): Promise<Result> => {
		const asError = (failure: Failure) => apiError(context.getNode(), failure);
		return await connected(context, trigger.vendor, asError, async (connection) => {
			return await does(requestsOn(withOptions(connection, PATIENCE)).ask, connection);
		});
	};
	return {
		async checkExists(this: IHookFunctions): Promise<boolean> {
			return await work(this, async (ask, connection) => {
				const wanted = wantedOf(this, trigger, connection);
				const [found] = await ours(this, subscription, ask, wanted);
				return found !== undefined && isAsWanted(found, wanted) && knownTo(this, wanted)?.id === found.id;
			});
		},
		async create(this: IHookFunctions): Promise<boolean> {
			return await work(this, async (ask, connection) => {
				const wanted = wantedOf(this, trigger, connection);
				const found = await ours(this, subscription, ask, wanted);
				const kept = await repaired(this, subscription, ask, wanted, found);
				// The new one comes first: between the two the vendor would tell of nothing.
				if (!kept) await made(this, subscription, ask, wanted);
				for (const { id } of found) if (id !== kept?.id) await subscription.remove(ask, id);
				return true;
			});
		},
		async delete(this: IHookFunctions): Promise<boolean> {
			return await work(this, async (ask) => {
				const place = { url: urlOf(this) };
				let isGone = true;
				try {
					for (const { id } of await ours(this, subscription, ask, place)) isGone = (await subscription.remove(ask, id)) && isGone;
				} catch (error) {
					// n8n deactivates the workflow whatever comes, and keeps these words in its log; the ID stays known for the next time.
					throw leftBehind(failureOf(error), subscription, trigger.vendor.name, knownTo(this, place));
				}
				// One that was only switched off is taken up again by the next activation.
				if (isGone) remember(this, place, undefined);
				return true;
			});
		},
	};
}

const urlOf = (context: IHookFunctions): string => context.getNodeWebhookUrl('default') ?? '';

/** @throws FailureError before anything is sent, when the form or the address is not good */
function wantedOf(context: IHookFunctions, trigger: Trigger, { root }: Connection): Wanted {
	const { events, otherEvents } = settingsOf(context, trigger);
	const url = urlOf(context);
	refuseUnreachable(url, root, trigger.vendor.name);
	const names = [...events.map((key) => vendorName(key, trigger.events[key])), ...otherEvents];
	return { url, events: [...new Set(names)].sort() };
}
/**
 * Refuses an address that the vendor cannot reach. A vendor that is on this network itself may well reach it.
 *
 * @throws FailureError before anything is sent
 */
export function refuseUnreachable(address: string, root: string, vendorName: string): void {
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

const knownTo = (context: IHookFunctions, place: Place): OwnSubscription | undefined => ownSubscriptions(context)[endOf(place)];

function remember(context: IHookFunctions, place: Place, own: OwnSubscription | undefined): void {
	const { [endOf(place)]: _old, ...others } = ownSubscriptions(context);
	keepSubscriptions(context, own ? { ...others, [endOf(place)]: own } : others);
}

/**
 * The subscriptions of this trigger, the best one first: those to its address, and the one that it made while n8n had another
 * host. Anybody else's, such as that of a copy of the workflow in another n8n, is left alone.
 */
async function ours(context: IHookFunctions, { list }: Subscription, ask: Ask, place: Place): Promise<Subscribed[]> {
	const known = knownTo(context, place);
	const isMade = ({ id, url }: Subscribed) => id === known?.id && endOf({ url }) === endOf(place);
	const found = (await list(ask)).filter((one) => one.url === place.url || isMade(one));
	return found.sort((a, b) => Number(isMade(b)) - Number(isMade(a)));
}

function isAsWanted({ url, events, active }: Subscribed, wanted: Wanted): boolean {
	return active && url === wanted.url && [...events].sort().join() === wanted.events.join();
}

/** The one of ours that could be kept: its secret has to be known, because it cannot be changed. */
async function repaired(context: IHookFunctions, { update }: Subscription, ask: Ask, wanted: Wanted, [best]: Subscribed[]): Promise<Subscribed | undefined> {
	if (!best || best.id !== knownTo(context, wanted)?.id) return undefined;
	return isAsWanted(best, wanted) || (await update(ask, best.id, wanted)) ? best : undefined;
}

async function made(context: IHookFunctions, { create }: Subscription, ask: Ask, wanted: Wanted): Promise<void> {
	const secret = newSecret();
	remember(context, wanted, { id: await create(ask, wanted, secret), secret });
}

function leftBehind(failure: Failure, { byHand }: Subscription, vendorName: string, known: OwnSubscription | undefined): FailureError {
	const which = known ? ` ${known.id}` : '';
	return new FailureError({
		...failure,
		headline: `The subscription${which} in ${vendorName} could not be removed: ${failure.headline}`,
		advice: `It is removed or taken over when the workflow is activated the next time. ${byHand}`,
	});
}
