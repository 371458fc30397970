import type { IDataObject } from 'n8n-workflow';

/** `2026-07-25 10:30:00.000` in UTC, with or without milliseconds. https://apidocs.leadsquared.com/get-lead-by-id/ */
const PLAIN = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d+)?$/;

/** `/Date(1751910591000+0000)/`: milliseconds since 1970. https://apidocs.leadsquared.com/meta-data/ */
const DOT_NET = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;

/** `7/25/2026 10:30:00 AM`, month first. https://apidocs.leadsquared.com/get-opportunities-by-ids/ */
const MONTH_FIRST = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2}):(\d{2}) ([AP])M$/;

/** How LeadSquared says "never". https://apidocs.leadsquared.com/retrieve-tasks/ */
const NEVER = /^0001-01-01 00:00:00/;

/** A record with its moments in ISO 8601 and UTC, wherever they stand in it; "never" becomes null. */
export function tidy(record: IDataObject): IDataObject {
	return walked(record) as IDataObject;
}

function walked(value: unknown): unknown {
	if (typeof value === 'string') return isoOf(value);
	if (Array.isArray(value)) return value.map(walked);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walked(member)]));
}

function isoOf(text: string): string | null {
	if (NEVER.test(text)) return null;
	const [, day, clock] = PLAIN.exec(text) ?? [];
	if (day) return written(`${day}T${clock}Z`) ?? text;
	const [, ms] = DOT_NET.exec(text) ?? [];
	if (ms) return isoAt(Number(ms)) ?? text;
	const [, month, date, year, hour, minute, second, half] = MONTH_FIRST.exec(text) ?? [];
	if (!month) return text;
	const hours = (Number(hour) % 12) + (half === 'P' ? 12 : 0);
	return written(`${year}-${twoDigits(month)}-${twoDigits(date)}T${twoDigits(hours)}:${minute}:${second}Z`) ?? text;
}

const twoDigits = (number: string | number) => String(number).padStart(2, '0');

/** The moment without its milliseconds, or nothing where it is none. */
function isoAt(moment: string | number): string | undefined {
	const date = new Date(moment);
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** The same moment where there is one: the language makes 2 March of 30 February, and a day that stands first is no month. */
const written = (iso: string): string | undefined => (isoAt(iso) === iso ? iso : undefined);
