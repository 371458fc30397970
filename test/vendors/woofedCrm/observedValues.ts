/** Properties of a request as the server casts them; what a cast gives back as undefined is not taken. */
export type Casts = Record<string, (value: unknown) => unknown>;

/** The members that the server takes; all others are dropped without a word. */
export function taken(body: Record<string, unknown>, casts: Casts): Record<string, unknown> {
	const members = Object.entries(casts).map(
		([name, cast]) => [name, body[name] === undefined ? undefined : cast(body[name])] as const,
	);
	return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

/** Text of a column; null stays, for the database to refuse. */
export const text = (value: unknown) => (value === null ? null : typeof value === 'object' ? undefined : String(value));

/** An id as the server reads it: `1abc` is 1. */
export const id = (value: unknown): number | null => {
	const number = Number.parseInt(String(value), 10);
	return Number.isSafeInteger(number) ? number : null;
};

export const flag = (value: unknown) => value === true || value === 'true' || value === 1 || value === '1';

/** Attributes are taken as an object only, and nulls vanish from the lists in it. */
export const attributes = (value: unknown) =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? withoutNulls(value) : undefined;

function withoutNulls(value: unknown): unknown {
	if (Array.isArray(value)) return value.filter((one) => one !== null).map(withoutNulls);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutNulls(member)]));
}

/** Labels come as text with commas, which quotes protect; the same label in another case is the same. A list is dropped. */
export function labels(value: unknown): string[] | undefined {
	if (typeof value === 'object') return undefined;
	const parts = [...String(value).matchAll(/\s*("[^"]*"|'[^']*'|[^,]+)/g)].map(([, part]) =>
		part.trim().replace(/^(["'])(.*)\1$/, '$2'),
	);
	const unique = new Map(parts.filter((label) => label !== '').map((label) => [label.toLowerCase(), label]));
	return [...unique.values()];
}

/** A price: of text only the digits count, and a decimal is cut. Null is what the server refuses. */
export function amount(value: unknown): number | null {
	if (typeof value === 'string') return Number(value.replace(/\D/g, ''));
	return typeof value === 'number' ? Math.trunc(value) : null;
}

/** A number of pieces; text that is no number is refused. */
export function quantity(value: unknown): number | null {
	const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
	return value === null || typeof value === 'boolean' || Number.isNaN(number) ? null : Math.trunc(number);
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/;
const BRAZILIAN_DATE = /^(\d\d)\/(\d\d)\/(\d{4})/;
const HOUR_MS = 3_600_000;
/** The installation's zone in the recorded run is Brasilia. */
const ZONE = '-03:00';

/** How a version writes a date and time, given in milliseconds. */
export type Stamp = (milliseconds: number) => string;

/** The date and time that a request names. Without an offset it is read in the installation's zone; 31 February is 3 March; unreadable is null. */
export function millisecondsOf(value: unknown): number | null {
	const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone = ZONE] =
		ISO.exec(String(value).replace(BRAZILIAN_DATE, '$3-$2-$1')) ?? [];
	if (year === undefined) return null;
	const local = Date.UTC(
		Number(year),
		Number(month) - 1,
		Number(day),
		Number(hour),
		Number(minute),
		Number(second),
		Number(fraction.padEnd(3, '0')),
	);
	return local - offsetMs(zone);
}

function offsetMs(zone: string): number {
	const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [undefined, '+', '0', '0'];
	return (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60) * HOUR_MS;
}

/** With the offset of the installation's zone. */
export const inZone: Stamp = (milliseconds) => new Date(milliseconds + offsetMs(ZONE)).toISOString().replace('Z', ZONE);

/** In UTC. */
export const inUtc: Stamp = (milliseconds) => new Date(milliseconds).toISOString();
