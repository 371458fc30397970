import { createHash } from 'crypto';
import type { IWebhookFunctions } from 'n8n-workflow';
import { clock } from '../base/clock';
import { sleep } from '../base/sleep';
import { storeTriggerData, triggerData, triggerName } from './triggerData';

/** Deliveries that a trigger remembers. */
const MOST_DELIVERIES = 500;

/**
 * Hours for which a delivery is remembered. Vendors retry within a day; what is the same later happened again, as a deal that
 * comes back to a stage.
 */
export const REMEMBERED_HOURS = 24;
const REMEMBERED_MS = REMEMBERED_HOURS * 3_600_000;

/** Longest time that a repeated delivery waits for the first, in milliseconds. Senders give up after about as long. */
const LONGEST_WAIT_MS = 10_000;

/** Time after which n8n is taken to have lost a delivery that it never answered, in milliseconds. */
const LOST_MS = 300_000;

/** Triggers of which this process remembers something. */
const MOST_TRIGGERS = 1_000;

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/** Deliveries as they are stored (`entryOf`), the oldest first. */
type Remembered = Set<string>;

/** A delivery that n8n is working on. */
interface UnderWay {
	entry: string;
	response: Response;
	/** Resolves to whether n8n answered with success, once it did. */
	answered: Promise<boolean>;
	/** Time of arrival on the clock of waits. */
	since: number;
}

/** What this process knows of the deliveries of a trigger. */
interface Known {
	/** Those that were answered with success. */
	taken: Remembered;
	underWay: Map<string, UnderWay>;
}

const triggers = new Map<string, Known>();

/** The key of a delivery, from what tells it apart. */
export function deliveryKey(...parts: Array<string | Buffer>): string {
	const hash = createHash('sha256');
	for (const part of parts) hash.update(part).update('\n');
	return hash.digest('base64url').slice(0, 22);
}

/**
 * Returns whether a delivery arrives for the first time within `REMEMBERED_HOURS`; if so, it is remembered. Returns undefined
 * if n8n has been working on the same delivery for longer than this one can wait.
 *
 * n8n stores the key together with the trigger's static data after it has stored the execution and before it answers: a
 * process that is killed in between forgets the key, and takes the delivery again. Each delivery has a copy of the static data
 * of its own, so that of two at the same time one would overwrite the other's key: the process remembers them both. A
 * delivery that is on its way already is waited for, because it may still fail.
 */
export async function isFirst(context: IWebhookFunctions, key: string): Promise<boolean | undefined> {
	const known = knownOf(triggerName(context));
	const deadline = clock() + LONGEST_WAIT_MS;
	for (let other = known.underWay.get(key); other; other = known.underWay.get(key)) {
		const taken = await outcomeOf(other, deadline);
		if (taken === undefined) return undefined;
		// Its own handler settles it at the same moment; this loop must not depend on which of the two comes first.
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

/** Returns whether n8n answered a delivery with success; undefined if it did not answer until the deadline. */
async function outcomeOf({ response, answered }: UnderWay, deadline: number): Promise<boolean | undefined> {
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

function settle(known: Known, key: string, underWay: UnderWay, taken: boolean): void {
	if (known.underWay.get(key) !== underWay) return;
	known.underWay.delete(key);
	if (taken) remember(known.taken, underWay.entry, Date.now());
}

const isSuccess = ({ statusCode }: Response): boolean => statusCode < 300;

/**
 * Resolves to whether n8n answers with success, once it does. That the sender closed the connection says nothing: n8n stores
 * the execution all the same. It then ends a response that never emits 'finish', but still 'prefinish'.
 */
async function isAnswered(response: Response): Promise<boolean> {
	if (response.writableEnded) return isSuccess(response);
	return await new Promise((resolve) => {
		for (const event of ['prefinish', 'finish']) response.once(event, () => resolve(isSuccess(response)));
	});
}

/** What is stored of a delivery: its key, and the time of its first arrival in seconds since 1970 to the base of 36. */
const entryOf = (key: string, ms: number): string => `${key}:${Math.floor(ms / 1_000).toString(36)}`;

/** Versions up to 0.1 stored keys without a time. None of them is younger than this process of a later version. */
const PROCESS_START = Date.now();

function storedEntries(context: IWebhookFunctions): string[] {
	const { deliveries } = triggerData(context);
	const texts = Array.isArray(deliveries) ? deliveries.filter((one) => typeof one === 'string') : [];
	return texts.map((text) => (text.includes(':') ? text : entryOf(text, PROCESS_START)));
}

/** Whether a delivery is still remembered. One from a far future was stored by a clock that was wrong. */
function isFresh(entry: string, now: number): boolean {
	const time = Number.parseInt(entry.slice(entry.indexOf(':') + 1), 36) * 1_000;
	return Math.abs(now - time) < REMEMBERED_MS;
}

/** Adds a delivery as the newest. Forgets the oldest ones: those beyond the limit, and those whose time is over. */
function remember(deliveries: Remembered, entry: string, now: number): void {
	deliveries.add(entry);
	for (const oldest of deliveries) {
		if (deliveries.size <= MOST_DELIVERIES && isFresh(oldest, now)) return;
		deliveries.delete(oldest);
	}
}

function knownOf(trigger: string): Known {
	const known = triggers.get(trigger) ?? { taken: new Set<string>(), underWay: new Map<string, UnderWay>() };
	for (const [key, { since }] of known.underWay) if (clock() - since >= LOST_MS) known.underWay.delete(key);
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
