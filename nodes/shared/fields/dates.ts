import { YEARS, parseTime, parseDate, parseDateAndTime, formatDateTime } from '../base/dates';
import { dateSuggestion, timeSuggestion } from './dateSuggestion';
import { Field, type SentFields } from './field';
import { readBy } from './readBy';

const years = `from ${YEARS.first} to ${YEARS.last}`;

/** A day without a time. A moment is cut to its day in the workflow's time zone. */
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

/** A day, and the time of day that a moment brings along, in the vendor's form. */
export interface DayAndTime {
	day: string;
	time?: string;
}

/**
 * A day in one member of the request, and its time in another. A day alone, and midnight in the workflow's time zone,
 * leave the time as it is; so does a field of the time's own, when it is given or emptied.
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
				const moment = parseDateAndTime(value, zone);
				return moment && { day: moment.day, time: moment.clock?.slice(0, formats.time.length) };
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

/** A time of day without a day, in the workflow's time zone and the vendor's form. */
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

/** An instant, sent in UTC and in the vendor's form. Without an offset it means the clock in the workflow's time zone. */
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
