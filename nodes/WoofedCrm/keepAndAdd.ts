import type { IDataObject } from 'n8n-workflow';
import { isNumberAsText } from '../shared/base/exactJson';
import { FailureError } from '../shared/base/failure';
import { isObject, valueAt, toText } from '../shared/base/json';
import { choice } from '../shared/fields';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';

/** Returns the field 'Existing Values'. WoofedCRM replaces attributes and labels as a whole; the node can add to them instead. */
export function existingValues(of: string) {
	// Users add the field for the behavior that is not the node's default.
	return choice('Existing Values', [
		{ value: 'replace', name: 'Replace', description: `${of} that are not given here are removed` },
		{ value: 'merge', name: 'Keep and Add', description: `${of} that are not given here are kept` },
	])
		.default('merge')
		.local()
		.describe(`What to do with existing ${of.toLowerCase()} of the record`);
}

/** Checks that WoofedCRM returned the values of a record in a known form. */
const isKnownForm: Readonly<Record<string, (value: unknown) => boolean>> = {
	custom_attributes: (value) => value === null || isObject(value),
	label_list: (value) =>
		value === null ||
		typeof value === 'string' ||
		(Array.isArray(value) && value.every((label) => typeof label === 'string')),
};

/**
 * Returns the body of a write, with the attributes and labels that the record already has.
 *
 * @throws FailureError if the vendor does not return the values of the record, or rounded a number
 */
export function keptAndAdded(record: unknown, body: IDataObject = {}): IDataObject {
	const { custom_attributes, label_list } = body;
	const missing = Object.keys(isKnownForm).find(
		(name) => body[name] !== undefined && !isKnownForm[name](valueAt(record, name)),
	);
	if (missing)
		throw new FailureError({
			message: `WoofedCRM did not return the ${missing} of the record, so the node cannot keep them`,
			description: "Nothing was changed. Choose Replace under 'Existing Values', or omit these values.",
		});
	return {
		...body,
		...(isObject(custom_attributes)
			? {
					custom_attributes: { ...kept(valueAt(record, 'custom_attributes'), custom_attributes), ...custom_attributes },
				}
			: {}),
		...(typeof label_list === 'string' ? { label_list: united(valueAt(record, 'label_list'), label_list) } : {}),
	};
}

/**
 * Writes a record. On request, the node reads its attributes first and keeps them, which takes one more request.
 *
 * @throws FailureError if the vendor does not return the values of the record, because a write would remove them
 */
export async function writeKeeping(
	send: SendRequest,
	request: ApiRequest,
	{ existing }: { existing?: string },
): Promise<unknown> {
	if (existing !== 'merge' || request.body?.custom_attributes === undefined) return await send(request);
	const stored = await send({ method: 'GET', effect: 'reads', path: request.path, query: {} });
	return await send({ ...request, body: keptAndAdded(stored, request.body) });
}

/** Returns the stored attributes that have no new value. Throws for an integer that JavaScript would round. */
function kept(stored: unknown, given: IDataObject): IDataObject {
	const all = isObject(stored) ? stored : {};
	const rest = Object.entries(all).filter(([name]) => !Object.hasOwn(given, name));
	const [rounded] = rest.flatMap(([name, value]) => (isNumberAsText(all, name) ? [name] : roundedIn(value, name)));
	if (rounded) {
		throw new FailureError({
			message: `The custom attribute '${rounded}' of the record is a whole number with too many digits to keep`,
			description:
				"Nothing was changed. Enter this attribute too, preferably as text, or choose Replace under 'Existing Values'.",
		});
	}
	return Object.fromEntries(rest);
}

/** Returns the paths of numbers that were rounded on reading, or that were read as text to avoid rounding. */
function roundedIn(value: unknown, path: string): string[] {
	if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value) ? [path] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, nested]) => {
		const inside = `${path}.${name}`;
		return isNumberAsText(value, name) ? [inside] : roundedIn(nested, inside);
	});
}

/** Returns the labels of a record and the given labels as one comma-separated text. */
function united(stored: unknown, given: string): string {
	const labels = Array.isArray(stored) ? (stored as string[]) : labelsOf(toText(stored ?? ''));
	const all = new Set([...labels, ...labelsOf(given)]);
	return joinedLabels([...all]);
}

/** Returns labels as one comma-separated text. Quotes protect a comma inside a label. */
export function joinedLabels(labels: readonly string[]): string {
	return labels
		.map((label) => (!label.includes(',') ? label : label.includes('"') ? `'${label}'` : `"${label}"`))
		.join(', ');
}

/** Matches one label. Quotes count only around a whole label. */
const LABEL = /\s*(?:"([^"]*)"(?=\s*(?:,|$))|'([^']*)'(?=\s*(?:,|$))|([^,]+))/g;

function labelsOf(text: string): string[] {
	const labels = [...text.matchAll(LABEL)].map(([, double, single, plain]) => (double ?? single ?? plain).trim());
	return labels.filter((label) => label !== '');
}
