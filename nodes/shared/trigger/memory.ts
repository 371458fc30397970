import { createHash } from 'crypto';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { storeTriggerData, triggerData, triggerName } from './triggerData';

/** Deliveries that a trigger remembers. */
const MOST_DELIVERIES = 500;

/** Triggers of which this process remembers something. */
const MOST_TRIGGERS = 1_000;

/** What this process knows of the deliveries of a trigger. */
interface Known {
	/** Keys of those that were answered with success. */
	taken: string[];
	/** Those on which n8n is at work, each with whether it was answered with success in the end. */
	underWay: Map<string, Promise<boolean>>;
}

const triggers = new Map<string, Known>();

/** The key of a delivery, from what tells it apart. */
export function deliveryKey(...parts: Array<string | Buffer>): string {
	const hash = createHash('sha256');
	for (const part of parts) hash.update(part).update('\n');
	return hash.digest('base64url').slice(0, 22);
}

/**
 * Whether a delivery comes for the first time; if so, it is remembered.
 *
 * n8n stores the key together with the trigger's static data after it has stored the execution and before it answers: a
 * process that is killed in between forgets the key, and takes the delivery again. Each delivery has a copy of the static data
 * of its own, so that of two at the same time one would overwrite the other's key: the process remembers them both. A
 * delivery that is on its way already is waited for, because it may still fail.
 */
export async function isFirst(context: IWebhookFunctions, key: string): Promise<boolean> {
	const known = knownOf(triggerName(context));
	for (let other = known.underWay.get(key); other; other = known.underWay.get(key)) {
		if (await other) return false;
	}
	const keys = new Set([...storedKeys(triggerData(context)), ...known.taken]);
	if (keys.has(key)) return false;
	storeTriggerData(context, { deliveries: newest([...keys, key]) });
	const outcome = isTaken(context).then((taken) => {
		known.underWay.delete(key);
		if (taken) known.taken = newest([...known.taken, key]);
		return taken;
	});
	known.underWay.set(key, outcome);
	return true;
}

const newest = (keys: string[]) => keys.slice(-MOST_DELIVERIES);

const storedKeys = ({ deliveries }: IDataObject): string[] => (Array.isArray(deliveries) ? (deliveries as string[]) : []);

function knownOf(trigger: string): Known {
	const known = triggers.get(trigger) ?? { taken: [], underWay: new Map<string, Promise<boolean>>() };
	triggers.delete(trigger);
	triggers.set(trigger, known);
	forgetOldest(triggers);
	return known;
}

/** Keeps a memory of triggers bounded: that of the one that was put in first goes. */
export function forgetOldest(memory: Map<string, unknown>): void {
	const [oldest] = memory.keys();
	if (memory.size > MOST_TRIGGERS) memory.delete(oldest);
}

/** Whether n8n answers the delivery with success, once it has. */
async function isTaken(context: IWebhookFunctions): Promise<boolean> {
	const response = context.getResponseObject();
	return await new Promise((resolve) => {
		response.once('finish', () => resolve(response.statusCode < 300));
		response.once('close', () => resolve(false));
	});
}
