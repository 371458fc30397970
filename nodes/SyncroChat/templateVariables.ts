import type { IDataObject } from 'n8n-workflow';
import { toText } from '../shared/base/json';
import { mappedField, type EntityFields, type MappedField } from '../shared/fields';
import { pages } from './vendor';

/** Variables that are asked for where the list of templates does not show how many there are. */
const OFFERED = 10;

/** Characters of the template's text that are shown on either side of a variable; the editor cuts longer labels off. */
const AROUND = 10;

/** A placeholder in the text of a template; its name is a number, or a word in WhatsApp's newer form. */
const PLACEHOLDER = /\{\{\s*([^{}]+?)\s*\}\}/g;

interface Placeholder {
	name: string;
	/** The placeholder with the text around it. */
	label: string;
}

/**
 * The variables of the chosen template, for the mapper. The documentation shows no more of a template than its ID and
 * name: where its text comes along and leaves no doubt, its placeholders are required, else optional ones are offered.
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
 * One field for each {{1}}, {{2}} and so on in the text of a template, or nothing where that is not sure: without a text,
 * with names in place of numbers, with numbers left out, or with a number in two parts, which WhatsApp counts apart.
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
				.map((one) => [one.name, one]),
		).values(),
	]);
	const inOrder = found.sort((a, b) => Number(a.name) - Number(b.name));
	return inOrder.every(({ name }, index) => name === String(index + 1))
		? inOrder.map(({ name, label }) => variable(Number(name), label, true))
		: undefined;
}

const placeholdersIn = (text: string): Placeholder[] =>
	[...text.matchAll(PLACEHOLDER)].map((match) => ({ name: match[1], label: inContext(text, match.index, match[0]) }));

/** Members of a template in which placeholders stand; the others are kinds and names. */
const TEXT_MEMBERS = ['body', 'text', 'url'];

function textsIn(part: unknown): string[] {
	if (typeof part !== 'object' || part === null) return [];
	return Object.entries(part).flatMap(([name, value]) =>
		typeof value === 'string' ? (TEXT_MEMBERS.includes(name) && value.trim() !== '' ? [value] : []) : textsIn(value),
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
