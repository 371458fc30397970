import type { IDataObject, ResourceMapperField } from 'n8n-workflow';
import { mapperMethod } from '../shared/editor';
import { bare } from '../shared/fields';
import { pages, syncroChat } from './vendor';

/** Variables that are asked for where the list of templates does not show how many there are. */
const OFFERED = 10;

/** Characters of the template's text that are shown on either side of a variable; the editor cuts longer labels off. */
const AROUND = 10;

/**
 * The variables of the chosen template, for the mapper. The documentation shows no more of a template than its ID and
 * name: where its text comes along, the placeholders in it are required, else a number of optional ones is offered.
 * https://docs.syncro.chat/en/whatsapp
 */
export const templateVariables = mapperMethod(syncroChat, async (ask, { template_id }) => {
	const templates = pages.records(await ask({ method: 'GET', path: '/whatsapp/templates', query: {} }));
	const { name: _name, ...template } = templates.find(({ id }) => String(id) === String(bare(template_id))) ?? {};
	const known = placeholders(template);
	if (known) return { fields: known, emptyFieldsNotice: 'This template has no variables' };
	return { fields: Array.from({ length: OFFERED }, (_, index) => variable(index + 1, `Variable ${index + 1}`, false)) };
});

/** One field for each {{1}}, {{2}} and so on in the texts of a template, or nothing when it comes without its text. */
function placeholders(template: IDataObject): ResourceMapperField[] | undefined {
	if (template.components === undefined && template.body === undefined) return undefined;
	const found = textsIn(template).flatMap((text) => [...text.matchAll(/\{\{\s*(\d+)\s*\}\}/g)].map((match) => ({ number: Number(match[1]), label: inContext(text, match.index, match[0]) })));
	const byNumber = new Map(found.reverse().map(({ number, label }) => [number, label]));
	return [...byNumber].sort(([a], [b]) => a - b).map(([number, label]) => variable(number, label, true));
}

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function inContext(text: string, start: number, placeholder: string): string {
	const end = start + placeholder.length;
	const from = Math.max(0, start - AROUND);
	return `${from > 0 ? '…' : ''}${text.slice(from, end + AROUND)}${end + AROUND < text.length ? '…' : ''}`.replace(/\s+/g, ' ');
}

function variable(number: number, displayName: string, required: boolean): ResourceMapperField {
	return { id: String(number), displayName, required, defaultMatch: false, canBeUsedToMatch: false, display: true, type: 'string' };
}
