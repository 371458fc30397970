import type { Failure } from '../base/failure';
import type { Connection } from '../http/connection';
import { retryPolicy, type Outcome } from '../http/retryPolicy';
import type { Throttle } from '../http/limiter';

/** Indexes of the items that succeeded, and of the items that may have been carried out. */
export interface Progress {
	succeeded: number[];
	inDoubt: number[];
}

const NOTABLE_WAIT_MS = 1_000;

/**
 * Adds the progress to a failure that stops the node, so that the user knows what happens when the node runs again.
 *
 * @param count number of items
 * @param isRetrySafe whether a retry of the execution knows the sent items
 */
export function withProgress(
	{ failure, item }: { failure: Failure; item: number },
	{ succeeded, inDoubt }: Progress,
	count: number,
	isRetrySafe = false,
): Failure {
	if (count === 1) return failure;
	const carriedOut =
		succeeded.length === 0
			? 'No other item was carried out'
			: `Carried out: ${succeeded.length} of ${count} items (${ranges(succeeded)})`;
	const others = inDoubt.filter((other) => other !== item);
	const maybe = others.length === 0 ? '' : `, perhaps also ${ranges(others)}`;
	const rest = new Set([...succeeded, ...inDoubt, item]).size < count ? '; nothing was sent for the rest' : '';
	// n8n's Retry runs the node again with all items.
	const retry = isRetrySafe
		? 'sends none of these again'
		: 'would send all items again: run the workflow with the others instead';
	const again = succeeded.length + others.length === 0 ? '' : ` n8n's 'Retry' of this execution ${retry}.`;
	const description = [failure.description, `${carriedOut}${maybe}${rest}.${again}`].filter(Boolean).join(' ');
	return { ...failure, message: `${failure.message} [item ${item}]`, description };
}

/** Maximum number of hints about items. More would hide the output. */
const MAX_NOTES = 10;

/** Returns the first hints about items, and the number of those left out. */
export function shortened(notes: readonly string[]): string[] {
	if (notes.length <= MAX_NOTES) return [...notes];
	return [...notes.slice(0, MAX_NOTES), `Notes left out: ${notes.length - MAX_NOTES} more.`];
}

/** Returns hints that explain why a run was slow: one line for each reason, for any number of credentials. */
export function hintsOf(connections: readonly Connection[]): string[] {
	return [
		...waitsOf(connections),
		...retriesOf(connections),
		...new Set(connections.flatMap(({ throttle }) => sharedWith(throttle))),
	];
}

/** Returns a hint about the longest wait of all credentials. */
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
		`Requests waited ${Math.round(stats.throttledMs / 1000)} s in total for a free slot: ${limitOf(throttle, vendor.name)}.${also}`,
	];
}

/** Returns a hint about the number of retried requests and the reasons, the most frequent first. */
function retriesOf(connections: readonly Connection[]): string[] {
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
		`${total} ${total === 1 ? 'request was' : 'requests were'} retried because ${connections[0].vendor.name} ${why}.`,
	];
}

function limitOf({ rate: { requests, windowMs }, rates: { isFromServer } }: Throttle, name: string): string {
	if (requests === 0) return 'the vendor is limiting requests';
	return `${isFromServer ? `${name} reports that it` : 'the credential'} allows ${requests} per ${windowMs / 1000} s`;
}

/** Returns a hint if this process gets only a share of the limit at the end of a run. */
function sharedWith(throttle: Throttle): string[] {
	const size = throttle.shareSize();
	if (size === undefined) return [];
	const { requests, windowMs } = throttle.rate;
	if (requests === 0)
		return [
			`The vendor is limiting requests and states no limit. This n8n process now sends about ${size} requests per second.`,
		];
	const share = `${Math.min(size, requests)} of the ${requests} requests`;
	return [
		`Something else uses the same key. This n8n process now sends about ${share} per ${windowMs / 1000} s, and more once the key is free again.`,
	];
}

/** Formats indexes: 0, 1, 2, 5 as "0-2, 5". */
function ranges(items: readonly number[]): string {
	const parts: Array<[first: number, last: number]> = [];
	for (const item of [...items].sort((a, b) => a - b)) {
		const open = parts[parts.length - 1];
		if (open && open[1] === item - 1) open[1] = item;
		else parts.push([item, item]);
	}
	return parts.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ');
}
