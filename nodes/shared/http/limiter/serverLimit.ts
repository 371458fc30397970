import { isObject } from '../../base/json';
import type { Rate } from './rates';

/** Response headers by their name in lower case. */
type Headers = Readonly<Record<string, unknown>>;

/** What a server says of its limit in the headers of an answer. */
export interface ServerLimit {
	/** The limit itself, where it can be. */
	rate?: Rate;
	/** Milliseconds until it takes requests again, where none is left. */
	pauseMs?: number;
}

const SECOND_MS = 1_000;

/** Longest window that is believed: limits of a day are no matter of pace. */
const LONGEST_WINDOW_MS = 3_600_000;

/** Times from one request to the next that are believed: whoever says less or more would let a node run wild, or stand still. */
const SHORTEST_DISTANCE_MS = 10;
const LONGEST_DISTANCE_MS = 60_000;

/** Characters of a header that are read. */
const LONGEST_HEADER = 1_000;

/** Above this, the moment of a reset is one in seconds since 1970, as at GitHub; else it is a number of seconds. */
const EPOCH_FROM = 1_000_000_000;

/**
 * Reads `RateLimit-Policy` and `RateLimit` as in the drafts of the IETF, the newest (`"default";q=100;w=60`, `"default";r=0;t=30`)
 * and those before (`100;w=60`, `limit=100, remaining=0, reset=30`, `RateLimit-Limit`), and `X-RateLimit-Limit`,
 * `-Remaining` and `-Reset`. https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 *
 * Whatever is none of this, or says what cannot be, says nothing.
 */
export function serverLimit(headers: Headers): ServerLimit {
	// Most servers say nothing, and this is done for each answer.
	if (!isObject(headers) || !Object.keys(headers).some((name) => name.includes('ratelimit'))) return {};
	const policies = [...entriesOf(headers, 'ratelimit-policy'), ...entriesOf(headers, 'ratelimit-limit')];
	const named = policies.map(({ first, q = first, w }) => sane(q, w));
	const states = [
		...entriesOf(headers, 'ratelimit').map(({ r, t }) => ({ limit: undefined, left: r, seconds: t })),
		oldState(headers),
		stateBy(headers, ''),
		stateBy(headers, 'x-'),
	];
	// In a fresh window the reset is one window away.
	const fresh = states.map(({ limit, left, seconds }) =>
		limit !== undefined && left === limit - 1 ? sane(limit, seconds) : undefined,
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

/** A rate that can be: at least one request, in a window of a second to an hour, neither too fast nor too slow. */
function sane(requests: number | undefined, seconds: number | undefined): Rate | undefined {
	if (requests === undefined || seconds === undefined || !Number.isInteger(requests) || requests < 1) return undefined;
	const windowMs = seconds * SECOND_MS;
	const distanceMs = windowMs / requests;
	const canBe =
		windowMs >= SECOND_MS &&
		windowMs <= LONGEST_WINDOW_MS &&
		distanceMs >= SHORTEST_DISTANCE_MS &&
		distanceMs <= LONGEST_DISTANCE_MS;
	return canBe ? { requests, windowMs } : undefined;
}

interface State {
	limit?: number;
	left?: number;
	seconds?: number;
}

/** `RateLimit: limit=100, remaining=50, reset=30`. */
function oldState(headers: Headers): State {
	const members = Object.assign({}, ...entriesOf(headers, 'ratelimit')) as Record<string, number | undefined>;
	return { limit: members.limit, left: members.remaining, seconds: members.reset };
}

/** `X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset`, and the same without X. */
function stateBy(headers: Headers, prefix: string): State {
	const [limit, left, reset] = ['limit', 'remaining', 'reset'].map(
		(name) => entriesOf(headers, `${prefix}ratelimit-${name}`)[0]?.first,
	);
	return { limit, left, seconds: reset !== undefined && reset >= EPOCH_FROM ? reset - Date.now() / SECOND_MS : reset };
}

/** The numbers in a header: the first of each entry, and those with a name. */
function entriesOf(headers: Headers, name: string): Array<Record<string, number | undefined>> {
	// As Node gives them: a text, or a list of texts.
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
