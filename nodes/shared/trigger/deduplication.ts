import { createHash } from 'crypto';
import type { IWebhookFunctions } from 'n8n-workflow';
import { clock } from '../base/clock';
import { sleep } from '../base/sleep';
import { storeTriggerData, triggerData, triggerName } from './triggerData';

/** Maximum number of deliveries that a trigger remembers. */
const MAX_DELIVERIES = 500;

/**
 * Hours for which a delivery is remembered. Vendors retry within a day. An identical delivery after that is a new event, such as
 * a deal that returns to a stage.
 */
export const REMEMBERED_HOURS = 24;
const REMEMBERED_MS = REMEMBERED_HOURS * 3_600_000;

/** Maximum time that a duplicate waits for the first delivery, in milliseconds. Senders time out after about the same time. */
const LONGEST_WAIT_MS = 10_000;

/** Time after which a delivery without a response counts as lost, in milliseconds. */
const LOST_MS = 300_000;

/** Maximum number of triggers that this process keeps data about. */
const MAX_TRIGGERS = 1_000;

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/** Deliveries as they are stored (`entryOf`), the oldest first. */
type Remembered = Set<string>;

/** A delivery that n8n is processing. */
interface PendingDelivery {
	entry: string;
	response: Response;
	/** Resolves when n8n responds: true for success. */
	answered: Promise<boolean>;
	/** Time of arrival by `clock()`, in milliseconds. */
	since: number;
}

/** The deliveries of a trigger that this process knows. */
interface TriggerState {
	/** Deliveries that n8n accepted with success. */
	taken: Remembered;
	underWay: Map<string, PendingDelivery>;
}

const triggers = new Map<string, TriggerState>();

/**
 * Returns the key of a delivery.
 *
 * @param parts values that identify the delivery
 * @example deliveryKey(eventName, rawBody)
 */
export function deliveryKey(...parts: Array<string | Buffer>): string {
	const hash = createHash('sha256');
	for (const part of parts) hash.update(part).update('\n');
	return hash.digest('base64url').slice(0, 22);
}

/**
 * Returns whether a delivery arrives for the first time within `REMEMBERED_HOURS`; if so, it is remembered. Returns undefined
 * if n8n has been working on the same delivery for longer than this one can wait.
 *
 * n8n stores the key with the trigger's static data, after it stored the execution and before it responds. A process that is
 * killed in between loses the key, and accepts the delivery again. Each delivery has its own copy of the static data, so two
 * parallel deliveries would overwrite each other's key; therefore the process remembers both. A duplicate waits for a delivery
 * that is still being processed, because that one may fail.
 */
export async function isFirst(context: IWebhookFunctions, key: string): Promise<boolean | undefined> {
	const known = knownOf(triggerName(context));
	const deadline = clock() + LONGEST_WAIT_MS;
	for (let other = known.underWay.get(key); other; other = known.underWay.get(key)) {
		const taken = await outcomeOf(other, deadline);
		if (taken === undefined) return undefined;
		// The handler of the other delivery also settles it. This loop must not depend on which of the two runs first.
		settle(known, key, other, taken);
		if (taken) return false;
	}
	const now = Date.now();
	const remembered: Remembered = new Set([...storedEntries(context), ...known.taken]);
	if (Array.from(remembered).some((entry) => entry.startsWith(`${key}:`) && isFresh(entry, now))) return false;
	const entry = entryOf(key, now);
	remember(remembered, entry, now);
	storeTriggerData(context, { deliveries: [...remembered] });
	const response = context.getResponseObject();
	const underWay = { entry, response, answered: isAnswered(response), since: clock() };
	known.underWay.set(key, underWay);
	void underWay.answered.then((taken) => settle(known, key, underWay, taken));
	return true;
}

/** Returns whether n8n accepted a delivery with success; undefined if it did not respond until the deadline. */
async function outcomeOf({ response, answered }: PendingDelivery, deadline: number): Promise<boolean | undefined> {
	const waiting = new AbortController();
	try {
		return await Promise.race([
			answered,
			sleep(Math.max(0, deadline - clock()), waiting.signal).then(() =>
				response.writableEnded ? isSuccess(response) : undefined,
			),
		]);
	} finally {
		waiting.abort();
	}
}

function settle(known: TriggerState, key: string, underWay: PendingDelivery, taken: boolean): void {
	if (known.underWay.get(key) !== underWay) return;
	known.underWay.delete(key);
	if (taken) remember(known.taken, underWay.entry, Date.now());
}

const isSuccess = ({ statusCode }: Response): boolean => statusCode < 300;

/**
 * Resolves when n8n responds: true for success. A closed connection proves nothing, because n8n stores the execution anyway. Its
 * response then never emits 'finish', but still 'prefinish'.
 */
async function isAnswered(response: Response): Promise<boolean> {
	if (response.writableEnded) return isSuccess(response);
	return await new Promise((resolve) => {
		for (const event of ['prefinish', 'finish']) response.once(event, () => resolve(isSuccess(response)));
	});
}

/** Returns the stored text of a delivery: its key, and its first arrival in seconds since 1970 in base 36. */
const entryOf = (key: string, ms: number): string => `${key}:${Math.floor(ms / 1_000).toString(36)}`;

/** Versions up to 0.1 stored keys without a time. This process is of a later version, so all such keys are older. */
const PROCESS_START = Date.now();

function storedEntries(context: IWebhookFunctions): string[] {
	const { deliveries } = triggerData(context);
	const texts = Array.isArray(deliveries) ? deliveries.filter((one) => typeof one === 'string') : [];
	return texts.map((text) => (text.includes(':') ? text : entryOf(text, PROCESS_START)));
}

/** Returns whether a delivery is still remembered. A time in the far future came from a wrong clock. */
function isFresh(entry: string, now: number): boolean {
	const time = Number.parseInt(entry.slice(entry.indexOf(':') + 1), 36) * 1_000;
	return Math.abs(now - time) < REMEMBERED_MS;
}

/** Adds a delivery as the newest. Removes the oldest ones that exceed the limit or are expired. */
function remember(deliveries: Remembered, entry: string, now: number): void {
	deliveries.add(entry);
	for (const oldest of deliveries) {
		if (deliveries.size <= MAX_DELIVERIES && isFresh(oldest, now)) return;
		deliveries.delete(oldest);
	}
}

function knownOf(trigger: string): TriggerState {
	const known = triggers.get(trigger) ?? { taken: new Set<string>(), underWay: new Map<string, PendingDelivery>() };
	for (const [key, { since }] of known.underWay) if (clock() - since >= LOST_MS) known.underWay.delete(key);
	triggers.delete(trigger);
	triggers.set(trigger, known);
	forgetOldest(triggers);
	return known;
}

/** Keeps a map of triggers within its limit: removes the trigger that was added first. */
export function forgetOldest(memory: Map<string, unknown>): void {
	const [oldest] = memory.keys();
	if (memory.size > MAX_TRIGGERS) memory.delete(oldest);
}
