import type { IDataObject } from 'n8n-workflow';
import { isNumberAsText } from '../shared/base/exactJson';
import { FailureError } from '../shared/base/failure';
import { isObject, valueAt, toText } from '../shared/base/json';
import { choice } from '../shared/fields';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';

/** WoofedCRM replaces attributes and labels as a whole; with this choice the node adds to them instead. */
export function existingValues(of: string) {
	// Whoever adds it wants what the node does not do by itself.
	return choice('Existing Values', [
		{ value: 'replace', name: 'Replace', description: `${of} that are not given here are removed` },
		{ value: 'merge', name: 'Keep and Add', description: `${of} that are not given here are kept` },
	])
		.default('merge')
		.local()
		.describe(`What becomes of ${of.toLowerCase()} that the record has already`);
}

/** The forms in which WoofedCRM tells what a record has. */
const isTold: Readonly<Record<string, (value: unknown) => boolean>> = {
	custom_attributes: (value) => value === null || isObject(value),
	label_list: (value) =>
		value === null ||
		typeof value === 'string' ||
		(Array.isArray(value) && value.every((label) => typeof label === 'string')),
};

/**
 * The body of a write, with the attributes and labels that the record has already.
 *
 * @throws FailureError when the vendor does not tell what the record has, or a number of it came rounded
 */
export function keptAndAdded(record: unknown, body: IDataObject = {}): IDataObject {
	const { custom_attributes, label_list } = body;
	const untold = Object.keys(isTold).find((name) => body[name] !== undefined && !isTold[name](valueAt(record, name)));
	if (untold)
		throw new FailureError({
			message: `WoofedCRM does not tell the ${untold} of the record, which can therefore not be kept`,
			description: "Nothing was changed. Choose Replace under 'Existing Values', or leave these values out.",
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
 * A write by the record's own path; on request its attributes are read first and kept, which needs a request more.
 *
 * @throws FailureError when the vendor does not tell what the record has, because a write would remove it
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

/** Attributes of a record that are not given anew; a whole number that JavaScript cannot hold would go back as another one. */
function kept(stored: unknown, given: IDataObject): IDataObject {
	const all = isObject(stored) ? stored : {};
	const rest = Object.entries(all).filter(([name]) => !Object.hasOwn(given, name));
	const [rounded] = rest.flatMap(([name, value]) => (isNumberAsText(all, name) ? [name] : roundedIn(value, name)));
	if (rounded) {
		throw new FailureError({
			message: `The custom attribute '${rounded}' holds a whole number with more digits than can be kept`,
			description:
				"Nothing was changed. Give this attribute as well, best as text, or choose Replace under 'Existing Values'.",
		});
	}
	return Object.fromEntries(rest);
}

/** Paths of the numbers that were rounded when they were read, or became text so as not to be. */
function roundedIn(value: unknown, path: string): string[] {
	if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value) ? [path] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, member]) => {
		const inside = `${path}.${name}`;
		return isNumberAsText(value, name) ? [inside] : roundedIn(member, inside);
	});
}

/** Labels of a record and more of them as one text with commas. */
function united(stored: unknown, given: string): string {
	const labels = Array.isArray(stored) ? (stored as string[]) : labelsOf(toText(stored ?? ''));
	const all = new Set([...labels, ...labelsOf(given)]);
	return joinedLabels([...all]);
}

/** Labels in one text; quotes protect a comma inside a label. */
export function joinedLabels(labels: readonly string[]): string {
	return labels
		.map((label) => (!label.includes(',') ? label : label.includes('"') ? `'${label}'` : `"${label}"`))
		.join(', ');
}

/** Quotes count only where they enclose a whole label. */
const LABEL = /\s*(?:"([^"]*)"(?=\s*(?:,|$))|'([^']*)'(?=\s*(?:,|$))|([^,]+))/g;

function labelsOf(text: string): string[] {
	const labels = [...text.matchAll(LABEL)].map(([, double, single, plain]) => (double ?? single ?? plain).trim());
	return labels.filter((label) => label !== '');
}
