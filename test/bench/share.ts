/**
 * Processes that share one key, without a word between them, at a vendor's limit: n8n's workers, or other programs. The
 * throttle is the pack's own, in a time that passes at once.
 */
import pThrottle from 'p-throttle';
import { backOffMs } from '../../nodes/shared/http/retryPolicy';
import { Throttle } from '../../nodes/shared/http/limiter';
import type { Section } from './document';
import {
	ITEMS,
	LIMIT,
	none,
	share,
	shareOf,
	untilGranted,
	type Case,
	type Process,
	type ShareResult,
} from './processes';
import { wait } from './virtualClock';

const SEEDS = [1, 2, 3, 4, 5];

/** The throttle without a share: who is refused waits for a whole window, or as long as the vendor says. */
const wholeWindows: Process = (vendor) => {
	const throttle = new Throttle(LIMIT);
	const lane = {};
	return async () =>
		await untilGranted(async () => {
			const release = await throttle.acquire(lane);
			const answer = await vendor.request();
			if (answer) throttle.pause(answer.retryAfterMs ?? LIMIT.windowMs);
			release();
			return answer;
		}, none);
};

const backOff: Process = (vendor) => async () =>
	await untilGranted(
		async () => await vendor.request(),
		async (answer, attempts) => await wait(answer?.retryAfterMs ?? backOffMs(attempts)),
	);

const library: Process = (vendor) => {
	const throttled = pThrottle({ limit: LIMIT.requests, interval: LIMIT.windowMs, strict: true })(
		async () => await vendor.request(),
	);
	return async () => await untilGranted(throttled, async (answer) => await wait(answer?.retryAfterMs ?? 0));
};

const rules: Record<string, Process> = {
	'this pack': share,
	'a throttle that waits whole windows': wholeWindows,
	'exponential backoff': backOff,
	'p-throttle, strict': library,
};

const cases: Case[] = [
	...[1, 2, 4, 8].flatMap((processes) =>
		[false, true].flatMap((countsRefused) =>
			(['sliding', 'fixed'] as const).map((kind) => ({ processes, kind, countsRefused })),
		),
	),
	...[2, 4, 8].flatMap((processes) =>
		(['sliding', 'fixed'] as const).map((kind) => ({ processes, kind, retryAfter: true })),
	),
	...[2, 4].map((processes) => ({ processes, late: true })),
	...[1, 2, 4].map((processes) => ({ processes, foreign: 0.4 })),
	...[4, 8].map((processes) => ({ processes, parallel: 16 })),
	...[2, 4, 8].map((processes) => ({ processes, kind: 'sliding' as const, items: 60 })),
];

function nameOf({
	processes,
	kind = 'sliding',
	countsRefused,
	retryAfter,
	late,
	foreign,
	parallel,
	items,
}: Case): string {
	const more = [
		countsRefused && 'refusals count',
		retryAfter && 'Retry-After',
		late && 'one comes late',
		foreign && `${foreign * 100} % taken by somebody else`,
		parallel && `${parallel} in parallel`,
		items && `${items} items each`,
	];
	return [`${processes}, ${kind}`, ...more.filter(Boolean)].join(', ');
}

const percent = (part: number) => `${(part * 100).toFixed(1)} %`;

/** All cases by the pack, and the plain ones by other rules too; each the mean of several seeds, or the worst of them. */
export async function shareSection(): Promise<Section> {
	const rows: string[][] = [];
	for (const of of cases) {
		const isPlain = of.kind !== undefined && !of.countsRefused && !of.retryAfter;
		for (const [name, rule] of Object.entries(rules))
			if (isPlain || rule === share) rows.push([nameOf(of), name, ...(await figuresOf(rule, of))]);
	}
	return {
		title: `Processes with one key, ${ITEMS} items each where the line says nothing else, at 25 per 5 s`,
		head: [
			'Processes, window of the vendor',
			'Rule',
			'Refused',
			'Share of the allowed rate',
			'Slowest over fastest',
			'Longest wait of an item',
			'Items lost',
		],
		rows,
	};
}

async function figuresOf(rule: Process, of: Case): Promise<string[]> {
	const results: ShareResult[] = [];
	for (const seed of SEEDS) results.push(await shareOf(rule, of, seed));
	const mean = (key: keyof ShareResult) => results.reduce((sum, result) => sum + result[key], 0) / results.length;
	const worst = (key: keyof ShareResult) => Math.max(...results.map((result) => result[key]));
	const longest = `${Math.round(worst('longestMs') / 1000)} s`;
	return [percent(mean('rejected')), percent(mean('rate')), worst('spread').toFixed(2), longest, String(worst('lost'))];
}
