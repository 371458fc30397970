import { YEARS, parseTime, parseDate, parseDateAndTime, formatDateTime } from '../base/dates';
import { dateSuggestion, timeSuggestion } from './dateSuggestion';
import { Field, type SentFields } from './field';
import { readBy } from './readBy';

const years = `from ${YEARS.first} to ${YEARS.last}`;

/**
 * Creates a field for a date. A date and time is cut to its date in the workflow's time zone.
 *
 * @example date('Due Date').required()
 */
export function date(label: string): Field<string> {
	return new Field<string>({
		label,
		wire: { type: 'string', format: 'date' },
		expects: `a date like 2026-07-01 or an ISO 8601 date and time, ${years}`,
		suggestion: dateSuggestion,
		ui: { type: 'dateTime', default: '', typeOptions: { dateOnly: true } },
		schema: ({ zone }) => readBy((value) => parseDate(value, zone)),
	});
}

/** A date, and the time of day if the value has one, in the vendor's format. */
export interface DayAndTime {
	day: string;
	time?: string;
}

/**
 * Creates a field that sends a date in one property of the request and its time in another.
 *
 * A date alone, and midnight in the workflow's time zone, send no time. A separate field for the time takes
 * precedence, also if the user clears it.
 *
 * @param members names of the two properties
 * @example dayAndTime('Due Date', { day: 'due_date', time: 'due_time' })
 */
export function dayAndTime(label: string, members: { day: string; time: string }): Field<DayAndTime> {
	const { wire, expects, suggestion, ui } = date(label).spec;
	return new Field<DayAndTime>({
		label,
		wire: { type: 'object', properties: { [members.day]: wire, [members.time]: time(label).spec.wire } },
		expects,
		suggestion,
		ui,
		schema: ({ zone, formats }) =>
			readBy((value) => {
				const parsed = parseDateAndTime(value, zone);
				return parsed && { day: parsed.day, time: parsed.clock?.slice(0, formats.time.length) };
			}),
		write: (value): SentFields => {
			const { day, time: clock } = value as DayAndTime;
			return clock === undefined
				? [[members.day, day]]
				: [
						[members.day, day],
						[members.time, clock],
					];
		},
	});
}

/**
 * Creates a field for a time of day, in the workflow's time zone and the vendor's format.
 *
 * @example time('Due Time')
 */
export function time(label: string): Field<string> {
	return new Field<string>({
		label,
		wire: { type: 'string', format: 'time' },
		expects: 'a time like 09:00 or an ISO 8601 date and time',
		suggestion: timeSuggestion,
		ui: { type: 'string', default: '', placeholder: 'e.g. 09:00' },
		schema: ({ zone, formats }) => readBy((value) => parseTime(value, zone)?.slice(0, formats.time.length)),
	});
}

/**
 * Creates a field for a date and time, sent in UTC and in the vendor's format. A value without an offset is in the
 * workflow's time zone.
 *
 * @example dateTime('Scheduled At').required()
 */
export function dateTime(label: string): Field<string> {
	return new Field<string>({
		label,
		wire: { type: 'string', format: 'date-time' },
		expects: `a date and time like 2026-07-01T09:00:00, optionally with an offset of up to 14:00, ${years}`,
		suggestion: dateSuggestion,
		ui: { type: 'dateTime', default: '' },
		schema: ({ zone, formats }) => readBy((value) => formatDateTime(value, zone, formats.dateTime)),
	});
}
