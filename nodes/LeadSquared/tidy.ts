import type { IDataObject } from 'n8n-workflow';

/** `2026-07-25 10:30:00.000` in UTC, with or without milliseconds. https://apidocs.leadsquared.com/get-lead-by-id/ */
const PLAIN = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d+)?$/;

/** `/Date(1751910591000+0000)/`: milliseconds since 1970. https://apidocs.leadsquared.com/meta-data/ */
const DOT_NET = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;

/** `7/25/2026 10:30:00 AM`, month first. https://apidocs.leadsquared.com/get-opportunities-by-ids/ */
const MONTH_FIRST = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2}):(\d{2}) ([AP])M$/;

/** LeadSquared's value for "never". https://apidocs.leadsquared.com/retrieve-tasks/ */
const NEVER = /^0001-01-01 00:00:00/;

/** Returns a record with all its dates and times in ISO 8601 and UTC, at any depth. "Never" becomes null. */
export function tidy(record: IDataObject): IDataObject {
	return tidyValue(record) as IDataObject;
}

function tidyValue(value: unknown): unknown {
	if (typeof value === 'string') return isoOf(value);
	if (Array.isArray(value)) return value.map(tidyValue);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, tidyValue(inner)]));
}

function isoOf(text: string): string | null {
	if (NEVER.test(text)) return null;
	const [, day, clock] = PLAIN.exec(text) ?? [];
	if (day) return existing(`${day}T${clock}Z`) ?? text;
	const [, ms] = DOT_NET.exec(text) ?? [];
	if (ms) return isoAt(Number(ms)) ?? text;
	const [, month, date, year, hour, minute, second, half] = MONTH_FIRST.exec(text) ?? [];
	if (!month) return text;
	const hours = (Number(hour) % 12) + (half === 'P' ? 12 : 0);
	return existing(`${year}-${twoDigits(month)}-${twoDigits(date)}T${twoDigits(hours)}:${minute}:${second}Z`) ?? text;
}

const twoDigits = (number: string | number) => String(number).padStart(2, '0');

/** Returns a timestamp in ISO 8601 without milliseconds, or nothing if it is not valid. */
function isoAt(timestamp: string | number): string | undefined {
	const date = new Date(timestamp);
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Returns a timestamp that exists, or nothing: JavaScript turns 30 February into 2 March, and no month is above 12. */
const existing = (iso: string): string | undefined => (isoAt(iso) === iso ? iso : undefined);
