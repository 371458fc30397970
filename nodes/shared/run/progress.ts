import type { Failure } from '../base/failure';
import type { Connection } from '../http/connection';
import { retryPolicy, type Outcome } from '../http/retryPolicy';
import type { Throttle } from '../http/limiter';

/** Items that succeeded, and items of which nobody knows whether they did. */
export interface Progress {
	done: number[];
	unsure: number[];
}

const NOTABLE_WAIT_MS = 1_000;

/**
 * A failure that stops the node, with what a user needs to know before running it again.
 *
 * @param isNoted what was sent is known to another run of the same execution
 */
export function withProgress(
	{ failure, item }: { failure: Failure; item: number },
	{ done, unsure }: Progress,
	count: number,
	isNoted = false,
): Failure {
	if (count === 1) return failure;
	const carriedOut =
		done.length === 0
			? 'No other item was carried out'
			: `Carried out: ${done.length} of ${count} items (${ranges(done)})`;
	const others = unsure.filter((other) => other !== item);
	const maybe = others.length === 0 ? '' : `, perhaps also ${ranges(others)}`;
	const rest = new Set([...done, ...unsure, item]).size < count ? '; nothing was sent for the rest' : '';
	// n8n's own Retry knows nothing of items: it runs the node again with all of them.
	const retry = isNoted
		? 'sends none of these again'
		: 'would send all items again: run the workflow with the others instead';
	const again = done.length + others.length === 0 ? '' : ` n8n's 'Retry' of this execution ${retry}.`;
	const description = [failure.description, `${carriedOut}${maybe}${rest}.${again}`].filter(Boolean).join(' ');
	return { ...failure, message: `${failure.message} [item ${item}]`, description };
}

/** Notes that are shown: more would hide the output. */
const MOST_NOTES = 10;

/** The notes on single items, of which the first few stand for all. */
export function shortened(notes: readonly string[]): string[] {
	if (notes.length <= MOST_NOTES) return [...notes];
	return [...notes.slice(0, MOST_NOTES), `Notes left out: ${notes.length - MOST_NOTES} more.`];
}

/** Why a run took its time, so that nobody wonders: in one line each, however many credentials it used. */
export function hintsOf(connections: readonly Connection[]): string[] {
	return [
		...waitsOf(connections),
		...repeatsOf(connections),
		...new Set(connections.flatMap(({ throttle }) => sharedWith(throttle))),
	];
}

/** The longest wait of a credential stands for all. */
function waitsOf(connections: readonly Connection[]): string[] {
	const [longest, ...others] = connections
		.filter(({ stats }) => stats.throttledMs >= NOTABLE_WAIT_MS)
		.sort((one, other) => other.stats.throttledMs - one.stats.throttledMs);
	if (!longest) return [];
	const { stats, throttle, vendor } = longest;
	const also =
		others.length === 0
			? ''
			: ` Requests with ${others.length} other ${others.length === 1 ? 'key' : 'keys'} waited too.`;
	return [
		`Requests waited ${Math.round(stats.throttledMs / 1000)} s in all for a free slot: ${limitOf(throttle, vendor.name)}.${also}`,
	];
}

/** How many requests were sent again, and why: the commonest reason first. */
function repeatsOf(connections: readonly Connection[]): string[] {
	const counts = new Map<Outcome, number>();
	for (const { stats } of connections)
		for (const [outcome, count] of Object.entries(stats.retries) as Array<[Outcome, number]>)
			counts.set(outcome, (counts.get(outcome) ?? 0) + count);
	const reasons = [...counts].sort(([, one], [, other]) => other - one);
	if (reasons.length === 0) return [];
	const total = reasons.reduce((sum, [, count]) => sum + count, 0);
	const why = reasons
		.map(([outcome, count]) => `${retryPolicy[outcome].reason}${reasons.length === 1 ? '' : ` (${count})`}`)
		.join(', or ');
	return [
		`${total} ${total === 1 ? 'request was' : 'requests were'} sent again, because ${connections[0].vendor.name} ${why}.`,
	];
}

function limitOf({ rate: { requests, windowMs }, rates: { isFromServer } }: Throttle, name: string): string {
	if (requests === 0) return 'the vendor asked to slow down';
	return `${isFromServer ? `${name} itself says that it` : 'the credential'} allows ${requests} per ${windowMs / 1000} s`;
}

/** How the limit is shared at the end of a run. */
function sharedWith(throttle: Throttle): string[] {
	const size = throttle.shareSize();
	if (size === undefined) return [];
	const { requests, windowMs } = throttle.rate;
	if (requests === 0)
		return [
			`The vendor asked to slow down and states no limit: this n8n process now keeps to about ${size} requests per second.`,
		];
	const share = `${Math.min(size, requests)} of the ${requests} requests`;
	return [
		`Something else uses the same key: this n8n process now keeps to about ${share} per ${windowMs / 1000} s, and takes more when the key is free again.`,
	];
}

/** 0, 1, 2, 5 as "0-2, 5". */
function ranges(items: readonly number[]): string {
	const parts: Array<[first: number, last: number]> = [];
	for (const item of [...items].sort((a, b) => a - b)) {
		const open = parts[parts.length - 1];
		if (open && open[1] === item - 1) open[1] = item;
		else parts.push([item, item]);
	}
	return parts.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ');
}
