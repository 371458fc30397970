import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { isObject } from '../base/json';
import { storeTriggerData, triggerData } from './triggerData';

type Context = IHookFunctions | IWebhookFunctions;

/** What a trigger knows of a subscription that it made. */
export interface OwnSubscription {
	id: string;
	/** Its event, where the vendor takes one a subscription. */
	event?: string;
	/** End of its address, by which that of a test is told from that of the published workflow: n8n hands one the static data of the other. */
	end: string;
	/** The n8n instance and the workflow that made it; subscriptions of earlier versions don't tell. */
	instance?: string;
	workflow?: string;
	/** Address that its secret is derived from. */
	signedFor?: string;
	/** Tells its secret from that of another key. */
	fingerprint?: string;
	/** Secret of a subscription that an earlier version made. */
	secret?: string;
}

/**
 * Returns the subscriptions that a trigger made. Static data travels with an exported workflow, so those of another instance or
 * workflow are left out.
 */
export function ownSubscriptions(context: Context): OwnSubscription[] {
	const { subscriptions } = triggerData(context);
	if (!Array.isArray(subscriptions)) return [];
	const stored = subscriptions.filter(isObject) as unknown as OwnSubscription[];
	const here = madeHere(context);
	return stored
		.filter((one) => one.instance === undefined || (one.instance === here.instance && one.workflow === here.workflow))
		.map((one) => ({ ...one }));
}

/** Stores the subscriptions that a trigger made. */
export function storeSubscriptions(context: Context, subscriptions: OwnSubscription[]): void {
	storeTriggerData(context, { subscriptions: subscriptions as unknown as IDataObject[] });
}

/** Who makes a subscription now. n8n before 1.0 has no instance ID. */
export function madeHere(context: Context): Pick<OwnSubscription, 'instance' | 'workflow'> {
	return { instance: context.getInstanceId?.(), workflow: context.getWorkflow().id };
}
