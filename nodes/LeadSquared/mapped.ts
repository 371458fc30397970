import type { IDataObject } from 'n8n-workflow';
import { isObject, toText } from '../shared/base/json';
import { isBlank, mappedChoices, mappedField, type MappedField } from '../shared/fields';

/** What joins the values of a field that takes several. https://apidocs.leadsquared.com/create-a-lead/ */
const SEVERAL = ';';

/** A field of the account, from whichever of LeadSquared's lists it comes. */
interface Described {
	name: unknown;
	label: unknown;
	/** `Text`, `Number`, `Date` and so on; the lists agree on the words, and on nothing else. */
	dataType?: unknown;
	/** How the vendor's own form shows it, which tells a day from a moment. */
	renderType?: unknown;
	mandatory?: unknown;
	/** Values to choose from: a list of texts or of `{ Value }`, or either as JSON in a text. */
	options?: unknown;
	takesSeveral?: unknown;
}

/** A field of the account for n8n's resource mapper. https://apidocs.leadsquared.com/meta-data/ */
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
			? { joinedBy: SEVERAL, ...(values.length > 0 ? { choices: values } : {}) }
			: values.length > 0
				? mappedChoices(values)
				: typeOf(toText(dataType), toText(renderType));
	// n8n shows lists as bare JSON: a box for text is easier to fill in.
	const words = toText(isBlank(label) ? name : label);
	const shown = takesSeveral === true ? `${words} (values with commas)` : words;
	return mappedField(toText(name), shown, { required: mandatory === true, ...type });
}

/** Types by the vendor's words for them; whatever else there is goes as text. */
export function typeOf(dataType: string, renderType: string): Partial<MappedField> {
	if (/^number/i.test(dataType)) return { type: 'number' };
	if (/^boolean/i.test(dataType)) return { type: 'boolean' };
	if (/^date\s*time/i.test(dataType)) return { type: 'dateTime', holds: 'moment' };
	if (/^date/i.test(dataType)) return { type: 'dateTime', holds: /time/i.test(renderType) ? 'moment' : 'day' };
	return { type: 'string' };
}

/** The values to choose from, in whichever of the vendor's forms they come. */
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

/** The fields of a list that a user can write, mandatory ones first. One without a name cannot be written. */
export function mappedAll(
	records: readonly IDataObject[],
	describe: (record: IDataObject) => Described,
): MappedField[] {
	const described = records.map(describe).filter(({ name }) => typeof name === 'string' && !isBlank(name));
	return described.map(mapped).sort((a, b) => Number(b.required) - Number(a.required));
}
