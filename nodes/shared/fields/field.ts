import type { INodeProperties } from 'n8n-workflow';
import type { CountryCode } from '../base/libphonenumber';
import { showsNothing } from '../base/text';
import type { ZodTypeAny } from '../base/zod';

/** Type of the sent value, as a JSON Schema. The check uses its limits, and the contract test compares it. */
export interface Wire {
	type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
	format?: string;
	enum?: readonly (string | number)[];
	const?: unknown;
	minimum?: number;
	maximum?: number;
	maxLength?: number;
	items?: Wire;
	properties?: Record<string, Wire>;
	/** The properties that are always sent. */
	required?: readonly string[];
}

/** The vendor's formats of dates and times, as luxon tokens. */
export interface VendorFormats {
	/** `iso` is UTC with a Z. Any other text is a luxon pattern, also in UTC. */
	dateTime: 'iso' | string;
	time: string;
}

/** Facts that a check needs besides the value. */
export interface FieldContext {
	/** IANA name of the workflow's time zone. */
	zone: string;
	formats: VendorFormats;
	/** Country of phone numbers without a country code, as a two-letter code. */
	defaultCountry?: CountryCode;
}

/** A part of the request that can hold a value. */
export type RequestPart = 'path' | 'query' | 'body';

/** Properties of the request that one field sends, as pairs of name and value. */
export type SentFields = ReadonlyArray<readonly [member: string, value: unknown]>;

/** Everything that a field consists of. Builders derive it; the form, the check and the request read it. */
export interface FieldSpec {
	/** Label in the form. */
	label: string;
	/** Type of the sent value, in JSON Schema. The contract test compares it. */
	wire: Wire;
	/** Completes "'Label' must be ...". */
	expects: string;
	/**
	 * Returns what to do about a refused value that looks right to a person, such as `01/02/2026`. It names every reading
	 * that the value may have, and chooses none.
	 *
	 * @param zone IANA name of the workflow's time zone
	 */
	suggestion?: (value: unknown, zone?: string) => string | undefined;
	/** The form element, as n8n describes it. */
	ui: Pick<INodeProperties, 'type' | 'default'> & Partial<INodeProperties>;
	/** Returns the check that coerces a value. It never gets a blank value. */
	schema: (context: FieldContext) => ZodTypeAny;
	/** Refuses a blank value, and shows the field at the top of the form. */
	required?: boolean;
	/** Shows an optional field at the top of the form. */
	open?: boolean;
	/** The form element of the field in version 1 of the node. */
	former?: FieldSpec['ui'];
	/** Was in the collection of optional fields in an earlier version. Nodes saved then hold its value there. */
	formerlyOptional?: boolean;
	/** Part of the request that the value goes into. Without it, path and method decide. */
	place?: RequestPart;
	/** Dotted path of the value in the request, if it is not the field's own key. */
	at?: string;
	/**
	 * Returns the request properties for a value that goes to several of them, as `dayAndTime` writes a day and its
	 * time. A property with a field of its own, given or to be emptied, is left to that field.
	 */
	write?: (value: unknown) => SentFields;
	/** Offers the field under 'Fields to Clear'. */
	clearable?: boolean;
	/** Value that empties the stored one. Without it, null does. */
	emptied?: '';
	/** Requests that share the value of such a field never overlap. */
	ordered?: boolean;
	/** The value names binary fields of the item. Their files are sent with the request. */
	binary?: boolean;
	/** The value is the whole body of the request, not a property of it. */
	whole?: boolean;
	/** Controls how the node works. The value is not sent. */
	local?: boolean;
	/** Controls how the request is carried out, and changes nothing in a record. */
	aside?: boolean;
	/** Removes the value from every message. */
	secret?: boolean;
	/** Returns the secret texts of a value that is only partly secret. */
	secretsIn?: (value: unknown) => string[];
	/** Marks a constant, which the form does not show. */
	hidden?: boolean;
}

/** Properties of a spec that a builder method changes. The properties of `ui` are merged. */
export type Change = Partial<Omit<FieldSpec, 'ui'>> & { ui?: Partial<INodeProperties> };

/** Returns a spec with a change. */
export function withChange(spec: FieldSpec, { ui, ...rest }: Change): FieldSpec {
	return { ...spec, ...rest, ui: { ...spec.ui, ...ui } };
}

declare const present: unique symbol;

/** Marks a field whose value is always there. For the compiler only. */
export interface Present {
	readonly [present]: true;
}

/**
 * A field of an operation. Its kind owns the form element, the check (zod), the position in the request and the error
 * message, with a suggestion for values that look right to a person. The kinds are functions in `nodes/shared/fields`.
 *
 * Fields are immutable: every method returns a changed copy. `Value` is the type of the checked value, for the
 * compiler only.
 */
export class Field<Value = unknown> {
	declare readonly valueType?: Value;

	constructor(readonly spec: FieldSpec) {}

	/**
	 * Returns a copy with a change. Every method changes other properties, so that the order of the methods has no
	 * effect.
	 */
	protected with(change: Change): this {
		return this.copy({ spec: withChange(this.spec, change) });
	}

	protected copy(members: object): this {
		return Object.assign(Object.create(Object.getPrototypeOf(this)) as this, this, members);
	}

	/** Makes the field required: the form shows it at the top, and a blank value is refused. */
	required(): this & Present {
		return this.with({ required: true }) as this & Present;
	}

	/** Shows an optional field at the top of the form. */
	open(): this {
		return this.with({ open: true });
	}

	/**
	 * Shows a field at the top that was in the collection of optional fields in an earlier version. A node saved then
	 * keeps its value in the collection, and that value counts while the new field is empty. Rows need a new version of
	 * the node.
	 */
	formerlyOptional(): this {
		return this.with({ open: true, formerlyOptional: true });
	}

	/** Sets the tooltip of the form element. */
	describe(description: string): this {
		return this.with({ ui: { description } });
	}

	/** Sets the line below the form element. */
	hint(hint: string): this {
		return this.with({ ui: { hint } });
	}

	/** Sets the example inside an empty form element, without the `e.g. ` that n8n wants before it. */
	example(example: string): this {
		return this.with({ ui: { placeholder: `e.g. ${example}` } });
	}

	/** Sets the value in a new form. n8n fills in defaults of saved nodes too, so a new default needs `formerly`. */
	default(value: INodeProperties['default']): this {
		return this.with({ ui: { default: value } });
	}

	/**
	 * Keeps the form element of another field in nodes of version 1. A field at the top can't change its default, which
	 * n8n does not save, or its type. The values of those nodes are checked and sent as before.
	 */
	formerly({ spec }: Field): this {
		return this.with({ former: spec.ui });
	}

	/** Sends the value as another property of the request than the key: `additional_attributes.chatwoot_inbox_id`. */
	at(path: string): this {
		return this.with({ at: path });
	}

	/** Sends the value in another part of the request than the method suggests: `.in('query')` for a POST. */
	in(place: RequestPart): this {
		return this.with({ place });
	}

	/**
	 * Offers the field under 'Fields to Clear'.
	 *
	 * @param emptied the value that empties the stored one: null, or '' for a vendor that wants an empty text
	 * @example text('Description').clearable('')
	 */
	clearable(emptied: '' | null = null): this {
		return this.with({ clearable: true, ...(emptied === null ? {} : { emptied }) });
	}

	/** Keeps the field out of the request, because it only controls the node or a list. */
	local(): this {
		return this.with({ local: true });
	}

	/**
	 * Marks a field that controls how the request is carried out. An update with nothing else is refused as a change of
	 * nothing.
	 */
	aside(): this {
		return this.with({ aside: true });
	}

	/** Sends requests with the same value in this field one after another, in the order of the items. */
	ordered(): this {
		return this.with({ ordered: true });
	}
}

/** Returns whether a value is blank: nothing, text without visible characters, an empty list, object or locator. */
export function isBlank(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return showsNothing(value);
	if (Array.isArray(value)) return value.length === 0;
	if (typeof value !== 'object' || value instanceof Date || 'toISO' in value) return false;
	if ('__rl' in value) return isBlank(locatorValue(value));
	return Object.keys(value).length === 0;
}

/** Properties that n8n stores of a locator. */
const LOCATOR_KEYS: readonly string[] = ['__rl', '__regex', 'mode', 'value', 'cachedResultName', 'cachedResultUrl'];

/** Largest number of nested locators: an expression can return the whole locator of another node. */
const DEEPEST_LOCATOR = 3;

/** A locator as n8n stores it. It has no value if the user selected nothing. */
interface Locator {
	mode?: unknown;
	value?: unknown;
}

/**
 * Returns whether a value is a locator. Use it only for fields that the form shows as a locator: inside a collection
 * the editor stores it without `__rl`, and n8n-core itself checks only `mode` and `value` (`extractValueRLC`).
 */
export function isLocator(value: unknown): value is Locator {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	return (
		'__rl' in value ||
		('mode' in value && ('value' in value || Object.keys(value).every((key) => LOCATOR_KEYS.includes(key))))
	);
}

/** Returns the value inside a locator, and any other value unchanged. */
export function locatorValue(value: unknown): unknown {
	let inside = value;
	for (let level = 0; level < DEEPEST_LOCATOR && isLocator(inside); level += 1) inside = inside.value;
	return inside;
}

/** Returns the value of a field as the user sees it: without the locator around it, if the form shows a locator. */
export function withoutLocator(value: unknown, spec?: { ui?: Pick<FieldSpec['ui'], 'type'> }): unknown {
	if (typeof value !== 'object' || value === null) return value;
	return spec?.ui?.type === 'resourceLocator' || '__rl' in value ? locatorValue(value) : value;
}

/** Returns whether a field was left empty. */
export function isLeftEmpty({ spec }: Pick<Field, 'spec'>, value: unknown): boolean {
	return isBlank(withoutLocator(value, spec));
}

/** Problem of a switch that an expression left empty. A form has no empty switch, so the user meant true or false. */
export const EMPTY_SWITCH = 'must be true or false, but is empty';

/**
 * Returns whether a field is a switch and its value is blank.
 *
 * @param value undefined if the form has no such field
 */
export function isEmptySwitch({ spec }: Pick<Field, 'spec'>, value: unknown): boolean {
	return spec.ui.type === 'boolean' && value !== undefined && isBlank(value);
}
