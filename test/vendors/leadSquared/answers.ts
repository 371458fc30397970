import type { Handler, Reply } from '../../sandbox/types';

/** A record as LeadSquared stores or answers it. */
export type Row = Record<string, unknown>;

/** What a part of the sandbox plays: the vendor's methods do not tell reads from writes, so the parts do. */
export interface Area {
	reads: Record<string, Handler>;
	writes: Record<string, Handler>;
}

/** A request, or a row of a batch, that the vendor refuses. */
export class Refusal extends Error {
	constructor(
		/** The vendor's exception type. https://apidocs.leadsquared.com/api-status-codes/ */
		readonly type: `MX${string}Exception`,
		message: string,
	) {
		super(message);
	}
}

export const unknownRecord = (noun: string, id: unknown) =>
	new Refusal('MXInvalidEntityException', `${noun} '${String(id)}' does not exist`);
export const invalidInput = (message: string) => new Refusal('MXInvalidInputException', message);

/** The record, or a refusal where there is none. */
export function known<Value>(noun: string, id: unknown, record: Value | undefined): Value {
	if (record === undefined) throw unknownRecord(noun, id);
	return record;
}

export const problem = (status: number, ExceptionType: string, ExceptionMessage: string): Reply => ({
	status,
	body: { Status: 'Error', ExceptionType, ExceptionMessage },
});

/** Validation and permission failures are status 500. */
export const refused = ({ type, message }: Refusal): Reply => problem(500, type, message);

/** What the work gives, or why it was refused. */
export function attempt<Value>(work: () => Value): { value?: Value; refusal?: Refusal } {
	try {
		return { value: work() };
	} catch (error) {
		if (error instanceof Refusal) return { refusal: error };
		throw error;
	}
}

export const answered = (body: unknown): Reply => ({ status: 200, body });
export const succeeded = (Message?: Row): Reply => answered({ Status: 'Success', ...(Message && { Message }) });

const withDigits = (date: Date) => date.toISOString().replace('T', ' ').slice(0, 23);

/** This moment as answers write it: UTC with milliseconds. */
export const now = () => withDigits(new Date());
/** A moment that a request names, as answers write it. */
export const moment = (given: unknown) =>
	typeof given === 'string' && given !== '' ? `${given.slice(0, 19)}.000` : undefined;
/** Stands for a moment that has not come. */
export const NEVER = '0001-01-01 00:00:00.000';
/** A moment as metadata and task types write it. */
export const dotNet = (ms: number) => `/Date(${ms}+0000)/`;

/** Whether a moment lies between two others, both included; an end that is not given is open. */
export function isBetween(when: unknown, { FromDate, ToDate }: Row): boolean {
	const text = String(when).slice(0, 19);
	return (!FromDate || text >= String(FromDate)) && (!ToDate || text <= String(ToDate));
}

/** A member by its name in any letter case, as the vendor takes column names. */
export function memberNamed(row: Row, name: string): unknown {
	const found = Object.keys(row).find((key) => key.toLowerCase() === name.trim().toLowerCase());
	return found === undefined ? undefined : row[found];
}

/** Numbers by size, all else as text; rows without a value come first. */
export function compare(a: unknown, b: unknown): number {
	const [left, right] = [a, b].map((value) => (value === null || value === undefined ? '' : String(value)));
	const [x, y] = [Number(left), Number(right)];
	if (left !== '' && right !== '' && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
	return left < right ? -1 : left > right ? 1 : 0;
}

/** Sorted as a request's Sorting says: Direction 1 is descending, 0 ascending. */
export function sorted<Kind extends Row>(rows: readonly Kind[], Sorting: unknown): Kind[] {
	const { ColumnName, Direction } = (Sorting ?? {}) as Row;
	if (typeof ColumnName !== 'string') return [...rows];
	const sign = String(Direction) === '1' ? -1 : 1;
	return [...rows].sort((a, b) => sign * compare(memberNamed(a, ColumnName), memberNamed(b, ColumnName)));
}

/** One page by PageIndex, from 1, and PageSize; the vendor gives its largest page to who asks for more. */
export function paged<Kind>(rows: readonly Kind[], Paging: unknown, { usual = 100, most = 1000 } = {}): Kind[] {
	const { PageIndex = 1, PageSize = usual } = (Paging ?? {}) as { PageIndex?: number; PageSize?: number };
	const size = Math.min(Number(PageSize), most);
	return rows.slice((Number(PageIndex) - 1) * size, Number(PageIndex) * size);
}

/** The members that Include_CSV names, and those that are always there; all members without it. */
export function included(row: Row, Columns: unknown, always: readonly string[] = []): Row {
	const names = String((Columns as Row | undefined)?.Include_CSV ?? '')
		.split(',')
		.map((name) => name.trim().toLowerCase())
		.filter(Boolean);
	if (names.length === 0) return row;
	return Object.fromEntries(
		Object.entries(row).filter(([name]) => names.includes(name.toLowerCase()) || always.includes(name)),
	);
}

/** Sorted, counted and cut to a page, under the member that the operation names. */
export function pageOf(
	rows: readonly Row[],
	{ Sorting, Paging }: Row,
	{ member = 'List', shape = (row: Row): Row => row, usual = 100, most = 1000 } = {},
): Reply {
	return answered({
		RecordCount: rows.length,
		[member]: paged(sorted(rows, Sorting), Paging, { usual, most }).map(shape),
	});
}
