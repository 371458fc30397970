import type { IDataObject } from 'n8n-workflow';
import { toText } from '../shared/base/json';
import { mappedField, type EntityFields, type MappedField } from '../shared/fields';
import { pages } from './vendor';

/** How many variables the form offers if the list of templates does not show the text of the template. */
const OFFERED = 10;

/** How many characters of the text a label shows on each side of a variable. The editor truncates longer labels. */
const AROUND = 10;

/** A placeholder in the text of a template. Its name is a number, or a word in WhatsApp's newer format. */
const PLACEHOLDER = /\{\{\s*([^{}]+?)\s*\}\}/g;

interface Placeholder {
	name: string;
	/** The placeholder with the text around it. */
	label: string;
}

/**
 * The variables of the selected template for the mapper.
 *
 * The documentation shows only the ID and the name of a template. If the response contains the text and the text is
 * unambiguous, its placeholders are required fields. Otherwise the form offers optional numbered fields.
 * https://docs.syncro.chat/en/whatsapp
 */
export const templateVariables: EntityFields = {
	name: 'templateVariables',
	request: 'GET /whatsapp/templates',
	page: 'https://docs.syncro.chat/en/whatsapp',
	contract: 'listWhatsappTemplates',
	dependsOn: ['template_id'],
	none: 'This template has no variables',
	fields: (response, parent) => {
		const template = pages.records(response).find(({ id }) => toText(id) === parent);
		return (
			placeholders(template ?? {}) ??
			Array.from({ length: OFFERED }, (_, index) => variable(index + 1, `Variable ${index + 1}`, false))
		);
	},
};

/**
 * Returns one field for each {{1}}, {{2}} and so on in the text of a template.
 *
 * Returns undefined if the variables are uncertain: no text, names instead of numbers, missing numbers, or a number in
 * two parts of the template, which WhatsApp counts separately.
 */
function placeholders({ components, body }: IDataObject): MappedField[] | undefined {
	const parts = [...(Array.isArray(components) ? components : []), { body }]
		.map(textsIn)
		.filter((texts) => texts.length > 0);
	if (parts.length === 0) return undefined;
	const found = parts.flatMap((texts) => [
		...new Map(
			texts
				.flatMap(placeholdersIn)
				.reverse()
				.map((placeholder) => [placeholder.name, placeholder]),
		).values(),
	]);
	const inOrder = found.sort((a, b) => Number(a.name) - Number(b.name));
	return inOrder.every(({ name }, index) => name === String(index + 1))
		? inOrder.map(({ name, label }) => variable(Number(name), label, true))
		: undefined;
}

const placeholdersIn = (text: string): Placeholder[] =>
	[...text.matchAll(PLACEHOLDER)].map((match) => ({ name: match[1], label: inContext(text, match.index, match[0]) }));

/** Properties of a template that can contain placeholders. The other properties are kinds and names. */
const TEXT_PROPERTIES = ['body', 'text', 'url'];

function textsIn(part: unknown): string[] {
	if (typeof part !== 'object' || part === null) return [];
	return Object.entries(part).flatMap(([name, value]) =>
		typeof value === 'string' ? (TEXT_PROPERTIES.includes(name) && value.trim() !== '' ? [value] : []) : textsIn(value),
	);
}

function inContext(text: string, start: number, placeholder: string): string {
	const end = start + placeholder.length;
	const from = Math.max(0, start - AROUND);
	return `${from > 0 ? '…' : ''}${text.slice(from, end + AROUND)}${end + AROUND < text.length ? '…' : ''}`.replace(
		/\s+/g,
		' ',
	);
}

function variable(number: number, displayName: string, required: boolean): MappedField {
	return mappedField(String(number), displayName, { required });
}
