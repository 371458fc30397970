import type { IDataObject } from 'n8n-workflow';
import { isObject, toText } from '../shared/base/json';
import { isBlank, mappedChoices, mappedField, type MappedField } from '../shared/fields';

/** Separator of the values of a field with several values. https://apidocs.leadsquared.com/create-a-lead/ */
const SEPARATOR = ';';

/** A field of the account, from any of LeadSquared's lists of fields. */
interface Described {
	name: unknown;
	label: unknown;
	/** `Text`, `Number`, `Date` and so on. These values are the only thing that is the same in all lists. */
	dataType?: unknown;
	/** Form element of the vendor, which distinguishes a date from a date and time. */
	renderType?: unknown;
	mandatory?: unknown;
	/** Values to choose from: a list of texts or of `{ Value }`, or such a list as JSON text. */
	options?: unknown;
	takesSeveral?: unknown;
}

/** Returns a field of the account for n8n's resource mapper. https://apidocs.leadsquared.com/meta-data/ */
export function mapped({
	name,
	label,
	dataType,
	renderType,
	mandatory,
	options,
	takesSeveral,
}: Described): MappedField {
	const values = valuesOf(options);
	const type =
		takesSeveral === true
			? { joinedBy: SEPARATOR, ...(values.length > 0 ? { choices: values } : {}) }
			: values.length > 0
				? mappedChoices(values)
				: typeOf(toText(dataType), toText(renderType));
	// n8n shows a list as raw JSON, so a text field is easier to fill in.
	const fieldLabel = toText(isBlank(label) ? name : label);
	const shown = takesSeveral === true ? `${fieldLabel} (comma-separated values)` : fieldLabel;
	return mappedField(toText(name), shown, { required: mandatory === true, ...type });
}

/** Returns the mapper's type for the vendor's type. Any other type is sent as text. */
export function typeOf(dataType: string, renderType: string): Partial<MappedField> {
	if (/^number/i.test(dataType)) return { type: 'number' };
	if (/^boolean/i.test(dataType)) return { type: 'boolean' };
	if (/^date\s*time/i.test(dataType)) return { type: 'dateTime', holds: 'moment' };
	if (/^date/i.test(dataType)) return { type: 'dateTime', holds: /time/i.test(renderType) ? 'moment' : 'day' };
	return { type: 'string' };
}

/** Returns the values to choose from, in any of the vendor's forms. */
export function valuesOf(options: unknown): string[] {
	if (typeof options === 'string') return valuesOf(parsed(options));
	if (!Array.isArray(options)) return [];
	return options
		.map((option: unknown) => (isObject(option) ? option.Value : option))
		.flatMap((value) => (typeof value === 'number' || typeof value === 'string' ? [String(value)] : []))
		.filter((value) => value !== '');
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** Returns the fields of a list for the mapper, mandatory fields first. A field without a name cannot be written. */
export function mappedAll(
	records: readonly IDataObject[],
	describe: (record: IDataObject) => Described,
): MappedField[] {
	const described = records.map(describe).filter(({ name }) => typeof name === 'string' && !isBlank(name));
	return described.map(mapped).sort((a, b) => Number(b.required) - Number(a.required));
}
