import { isObject } from '../../base/json';
import type { Rate } from './rates';

/** Response headers by their name in lower case. */
type Headers = Readonly<Record<string, unknown>>;

/** The rate limit that a server reports in the headers of a response. */
export interface ServerLimit {
	/** The limit, if it is plausible. */
	rate?: Rate;
	/** Milliseconds until the server accepts requests again, if none is left. */
	pauseMs?: number;
}

const SECOND_MS = 1_000;

/** Longest window that counts. Daily limits do not limit the rate. */
const LONGEST_WINDOW_MS = 3_600_000;

/** Plausible times between two requests. Other values would make a node flood the server or nearly stop. */
const SHORTEST_DISTANCE_MS = 10;
const LONGEST_DISTANCE_MS = 60_000;

/** Maximum number of characters that are read of a header. */
const LONGEST_HEADER = 1_000;

/** From this value on, a reset is a timestamp in seconds since 1970, as at GitHub; else it is a number of seconds. */
const EPOCH_FROM = 1_000_000_000;

/**
 * Parses the rate limit headers of a response:
 *
 * - `RateLimit-Policy` and `RateLimit` of the newest IETF draft: `"default";q=100;w=60`, `"default";r=0;t=30`
 * - those of earlier drafts: `100;w=60`, `limit=100, remaining=0, reset=30`, `RateLimit-Limit`
 * - `X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset`
 *
 * It ignores other headers and implausible values. https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export function serverLimit(headers: Headers): ServerLimit {
	// This runs for each response, and most servers send no such header.
	if (!isObject(headers) || !Object.keys(headers).some((name) => name.includes('ratelimit'))) return {};
	const policies = [...entriesOf(headers, 'ratelimit-policy'), ...entriesOf(headers, 'ratelimit-limit')];
	const named = policies.map(({ first, q = first, w }) => plausibleRate(q, w));
	const states = [
		...entriesOf(headers, 'ratelimit').map(({ r, t }) => ({ limit: undefined, left: r, seconds: t })),
		stateOfOldDraft(headers),
		stateWithPrefix(headers, ''),
		stateWithPrefix(headers, 'x-'),
	];
	// At the first request of a window, the time to the reset is the length of the window.
	const fresh = states.map(({ limit, left, seconds }) =>
		limit !== undefined && left === limit - 1 ? plausibleRate(limit, seconds) : undefined,
	);
	const rates = [...named, ...fresh].filter((rate) => rate !== undefined);
	const pauses = states.flatMap(({ left, seconds = 0 }) => (left === 0 && seconds > 0 ? [seconds * SECOND_MS] : []));
	return {
		...(rates.length > 0
			? {
					rate: rates.reduce((one, other) =>
						one.requests / one.windowMs <= other.requests / other.windowMs ? one : other,
					),
				}
			: {}),
		...(pauses.length > 0 ? { pauseMs: Math.max(...pauses) } : {}),
	};
}

/**
 * Returns a rate if it is plausible: at least one request, a window of a second to an hour, neither too fast nor too
 * slow.
 */
function plausibleRate(requests: number | undefined, seconds: number | undefined): Rate | undefined {
	if (requests === undefined || seconds === undefined || !Number.isInteger(requests) || requests < 1) return undefined;
	const windowMs = seconds * SECOND_MS;
	const distanceMs = windowMs / requests;
	const isPlausible =
		windowMs >= SECOND_MS &&
		windowMs <= LONGEST_WINDOW_MS &&
		distanceMs >= SHORTEST_DISTANCE_MS &&
		distanceMs <= LONGEST_DISTANCE_MS;
	return isPlausible ? { requests, windowMs } : undefined;
}

interface State {
	limit?: number;
	left?: number;
	seconds?: number;
}

/** Parses `RateLimit: limit=100, remaining=50, reset=30`. */
function stateOfOldDraft(headers: Headers): State {
	const values = Object.assign({}, ...entriesOf(headers, 'ratelimit')) as Record<string, number | undefined>;
	return { limit: values.limit, left: values.remaining, seconds: values.reset };
}

/** Parses `X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset`, and the same headers without `X-`. */
function stateWithPrefix(headers: Headers, prefix: string): State {
	const [limit, left, reset] = ['limit', 'remaining', 'reset'].map(
		(name) => entriesOf(headers, `${prefix}ratelimit-${name}`)[0]?.first,
	);
	return { limit, left, seconds: reset !== undefined && reset >= EPOCH_FROM ? reset - Date.now() / SECOND_MS : reset };
}

/** Returns the numbers of each entry of a header: the first value, and the named values. */
function entriesOf(headers: Headers, name: string): Array<Record<string, number | undefined>> {
	// Node returns a header as a text or a list of texts.
	const value = [headers[name]]
		.flat()
		.filter((text) => typeof text === 'string')
		.join(', ');
	return value
		.slice(0, LONGEST_HEADER)
		.split(',')
		.map((entry) => {
			const numbers: Record<string, number | undefined> = {};
			for (const part of entry.split(';')) {
				const [key, number] = part.includes('=') ? part.split('=') : ['first', part];
				if (/^\s*\d{1,12}(\.\d{1,6})?\s*$/.test(number)) numbers[key.trim().toLowerCase()] = Number(number);
			}
			return numbers;
		});
}
