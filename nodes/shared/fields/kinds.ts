import type { INodePropertyOptions } from 'n8n-workflow';
import { YEARS, readClock, readDay, readDayAndClock, readMoment } from '../base/moments';
import { z } from '../base/zod';
import { Field, type Written } from './field';

const scalar = z.union([z.string(), z.number().finite(), z.boolean()]).transform(String);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export class TextField<Required extends boolean = false> extends Field<string, Required> {
	/** Longest text the vendor takes, in characters. */
	max(maxLength: number): this {
		return this.with({
			wire: { ...this.spec.wire, maxLength },
			takes: `text of at most ${maxLength} characters`,
			schema: () => scalar.pipe(z.string().max(maxLength)),
		});
	}

	/** Hidden while it is typed, and kept out of every message. */
	secret(): this {
		return this.with({ secret: true }).withUi({ typeOptions: { password: true } });
	}

	/** Height of the form element, in lines. */
	rows(rows: number): this {
		return this.withUi({ typeOptions: { rows } });
	}
}

/** Free text; numbers and booleans from an expression are written out. */
export function text(label: string): TextField {
	return new TextField({ label, wire: { type: 'string' }, takes: 'text', ui: { type: 'string', default: '' }, schema: () => scalar });
}

const trimmed = (pattern: RegExp) => () => scalar.transform((value) => value.trim()).pipe(z.string().regex(pattern));

/** An id in UUID form. */
export function uuid(label: string): Field<string, false> {
	return new Field<string, false>({
		label,
		wire: { type: 'string', format: 'uuid' },
		takes: 'an ID such as 0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c',
		ui: { type: 'string', default: '', placeholder: 'e.g. 0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c' },
		schema: trimmed(UUID),
	});
}

export function email(label: string): Field<string, false> {
	return new Field<string, false>({
		label,
		wire: { type: 'string', format: 'email' },
		takes: 'an email address',
		ui: { type: 'string', default: '', placeholder: 'name@email.com' },
		schema: () => scalar.transform((value) => value.trim()).pipe(z.string().email()),
	});
}

/** A whole address on the web. */
export function url(label: string): Field<string, false> {
	return new Field<string, false>({
		label,
		wire: { type: 'string', format: 'uri' },
		takes: 'a whole web address such as https://www.example.com/thanks',
		ui: { type: 'string', default: '', placeholder: 'e.g. https://www.example.com/thanks' },
		schema: () =>
			scalar.pipe(
				z
					.string()
					.trim()
					.url()
					.regex(/^https?:\/\//i),
			),
	});
}

class NumberField<Required extends boolean = false> extends Field<number, Required> {
	/** Largest number the vendor takes; a smallest one is named before it. */
	max(maximum: number): this {
		const { wire, schema } = this.spec;
		const noun = wire.type === 'integer' ? 'a whole number' : 'a number';
		const takes = wire.minimum === undefined ? `${noun} of at most ${maximum}` : `${noun} from ${wire.minimum} to ${maximum}`;
		const ui = this.spec.ui.type === 'number' ? { ...this.spec.ui, typeOptions: { ...this.spec.ui.typeOptions, maxValue: maximum } } : this.spec.ui;
		return this.with({ wire: { ...wire, maximum }, takes, ui, schema: (context) => schema(context).pipe(z.number().max(maximum)) });
	}

	/** A form element that can be left blank, where a number that nobody typed would do harm. */
	blank(): this {
		return this.withUi({ type: 'string', default: '', typeOptions: undefined });
	}
}

export class IntegerField<Required extends boolean = false> extends NumberField<Required> {
	/** Smallest number the vendor takes. */
	min(minimum: number): this {
		return this.with({
			wire: { ...this.spec.wire, minimum },
			takes: `a whole number of at least ${minimum}`,
			ui: { ...this.spec.ui, default: minimum, typeOptions: { ...this.spec.ui.typeOptions, minValue: minimum } },
			schema: () => wholeNumber.pipe(z.number().min(minimum)),
		});
	}

	/** Sent as text, because the vendor's page does so. */
	asText(): this {
		const { wire, schema } = this.spec;
		return this.with({ wire: { ...wire, type: 'string', minimum: undefined }, schema: (context) => schema(context).transform(String) });
	}
}

const wholeNumber = z
	.union([
		z.number(),
		z
			.string()
			.trim()
			.regex(/^[+-]?\d+$/)
			.transform(Number),
	])
	.pipe(z.number().int().safe());

/** A whole number, also as text. */
export function integer(label: string): IntegerField {
	return new IntegerField({
		label,
		wire: { type: 'integer' },
		takes: 'a whole number',
		ui: { type: 'number', default: 0, typeOptions: { numberPrecision: 0 } },
		schema: () => wholeNumber,
	});
}

const anyNumber = z
	.union([
		z.number(),
		z
			.string()
			.trim()
			.regex(/^[+-]?\d+(\.\d+)?$/)
			.transform(Number),
	])
	.pipe(z.number().finite());

export class DecimalField<Required extends boolean = false> extends NumberField<Required> {
	/** Smallest number the vendor takes. */
	min(minimum: number): this {
		return this.with({
			wire: { ...this.spec.wire, minimum },
			takes: `a number of at least ${minimum}, such as 1234.56`,
			schema: () => anyNumber.pipe(z.number().min(minimum)),
		});
	}
}

/** A number with a decimal point, also as text; a decimal comma is refused, because 1,234 means two things. */
export function decimal(label: string): DecimalField {
	return new DecimalField({
		label,
		wire: { type: 'number' },
		takes: 'a number such as 1234.56',
		ui: { type: 'number', default: 0 },
		schema: () => anyNumber,
	});
}

/** Yes or no; its description has to start with "Whether". */
export function toggle(label: string): Field<boolean, false> {
	return new Field<boolean, false>({
		label,
		wire: { type: 'boolean' },
		takes: 'true or false',
		ui: { type: 'boolean', default: false },
		schema: () =>
			z.union([
				z.boolean(),
				z
					.string()
					.trim()
					.toLowerCase()
					.pipe(z.enum(['true', 'false']))
					.transform((value) => value === 'true'),
			]),
	});
}

/** Values of a closed list with the words a form shows for them. */
export type Choices<Value extends string | number> = ReadonlyArray<{ value: Value; name: string; description?: string }>;

/** Turns `{ call: 'Call' }` into the options of a choice. */
export function choices<Value extends string>(names: Record<Value, string>): Choices<Value> {
	return (Object.entries(names) as Array<[Value, string]>).map(([value, name]) => ({ value, name }));
}

/** One of a closed list; texts are matched without regard to case, numbers also as text. */
export function choice<Value extends string | number>(label: string, list: Choices<Value>): Field<Value, false> {
	const options: INodePropertyOptions[] = [...list].sort((a, b) => a.name.localeCompare(b.name));
	const values = list.map(({ value }) => value);
	const find = (given: unknown) => values.find((value) => String(value).toLowerCase() === String(given).trim().toLowerCase());
	return new Field<Value, false>({
		label,
		wire: { type: typeof values[0] === 'number' ? 'integer' : 'string', enum: values },
		takes: `one of ${values.join(', ')}`,
		ui: { type: 'options', default: options[0].value, options },
		schema: () =>
			z
				.union([z.string(), z.number()])
				.transform(find)
				.refine((value) => value !== undefined),
	});
}

const years = `from ${YEARS.first} to ${YEARS.last}`;

/** A day without a time. A moment is cut to its day in the workflow's time zone. */
export function date(label: string): Field<string, false> {
	return new Field<string, false>({
		label,
		wire: { type: 'string', format: 'date' },
		takes: `a date such as 2026-07-01, or an ISO 8601 date and time, ${years}`,
		ui: { type: 'dateTime', default: '' },
		schema: ({ zone }) =>
			z
				.unknown()
				.transform((value) => readDay(value, zone))
				.refine((value) => value !== undefined),
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
export function dayAndTime(label: string, members: { day: string; time: string }): Field<DayAndTime, false> {
	const { wire, takes, ui } = date(label).spec;
	return new Field<DayAndTime, false>({
		label,
		wire: { type: 'object', properties: { [members.day]: wire, [members.time]: time(label).spec.wire } },
		takes,
		ui: { ...ui, typeOptions: { dateOnly: true } },
		schema: ({ zone, formats }) =>
			z.unknown().transform((value, check) => {
				const moment = readDayAndClock(value, zone);
				if (!moment) check.addIssue({ code: z.ZodIssueCode.custom });
				return moment && { day: moment.day, time: moment.clock?.slice(0, formats.time.length) };
			}),
		write: (value): Written => {
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
export function time(label: string): Field<string, false> {
	return new Field<string, false>({
		label,
		wire: { type: 'string', format: 'time' },
		takes: 'a time such as 09:00, or an ISO 8601 date and time',
		ui: { type: 'string', default: '', placeholder: 'e.g. 09:00' },
		schema: ({ zone, formats }) =>
			z
				.unknown()
				.transform((value) => readClock(value, zone)?.slice(0, formats.time.length))
				.refine((value) => value !== undefined),
	});
}

/** An instant, sent in UTC and in the vendor's form. Without an offset it means the clock in the workflow's time zone. */
export function dateTime(label: string): Field<string, false> {
	return new Field<string, false>({
		label,
		wire: { type: 'string', format: 'date-time' },
		takes: `a date and time such as 2026-07-01T09:00:00, with or without an offset of at most 14:00, ${years}`,
		ui: { type: 'dateTime', default: '' },
		schema: ({ zone, formats }) =>
			z
				.unknown()
				.transform((value) => {
					const moment = readMoment(value, zone)?.toUTC();
					return formats.dateTime === 'iso' ? moment?.toISO({ suppressMilliseconds: true }) : moment?.toFormat(formats.dateTime);
				})
				.refine((value) => value !== undefined),
	});
}

/** JSON knows no infinity: it would be sent as null. */
function isFiniteThroughout(value: unknown): boolean {
	if (typeof value === 'number') return Number.isFinite(value);
	return typeof value !== 'object' || value === null || 'toJSON' in value || Object.values(value).every(isFiniteThroughout);
}

class JsonField<Required extends boolean = false> extends Field<Record<string, unknown>, Required> {
	/** The vendor takes texts, numbers, true and false as values, and nothing inside them. */
	flat(): this {
		const { schema } = this.spec;
		const values = z.record(z.union([z.string(), z.number(), z.boolean(), z.null()]));
		return this.with({
			takes: 'a JSON object whose values are texts, numbers, true or false, such as {"key": "value"}',
			schema: (context) => schema(context).pipe(values),
		});
	}
}

/** A JSON object, as an object or as text. */
export function json(label: string): JsonField {
	const parse = (value: unknown): unknown => {
		if (typeof value !== 'string') return value;
		try {
			return JSON.parse(value);
		} catch {
			return undefined;
		}
	};
	return new JsonField({
		label,
		wire: { type: 'object' },
		takes: 'a JSON object such as {"key": "value"}',
		ui: { type: 'json', default: '' },
		schema: () => z.unknown().transform(parse).pipe(z.record(z.unknown()).refine(isFiniteThroughout)),
	});
}

/** A constant of the operation that the user neither sees nor changes. */
export function fixed<Value extends string | number | boolean | string[]>(value: Value): Field<Value, true> {
	return new Field<Value, true>({
		label: '',
		wire: { const: value },
		takes: String(value),
		ui: { type: 'hidden', default: value },
		schema: () => z.unknown().transform(() => value),
		hidden: true,
	});
}
