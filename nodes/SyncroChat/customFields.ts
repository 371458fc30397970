import type { FieldType, IDataObject, ResourceMapperField } from 'n8n-workflow';
import { entryOf, wordsOf } from '../shared/base/json';
import { mapperMethod } from '../shared/editor/editor';
import { pages, syncroChat } from './vendor';

/** Types of custom fields; whatever else the panel may have is text. https://docs.syncro.chat/en/custom-fields */
const types: Readonly<Record<string, FieldType>> = {
	number: 'number',
	currency: 'number',
	date: 'dateTime',
	select: 'options',
	multiselect: 'array',
	checkbox: 'boolean',
};

/** The custom fields of leads, for the mapper: labels, types, choices, and which are required. */
export const customFields = mapperMethod(syncroChat, async (ask) => {
	const answer = await ask({ method: 'GET', effect: 'reads', path: '/custom-fields', query: { active_only: true } });
	return { fields: pages.records(answer).map(mapperField) };
});

function mapperField({ name, label, field_type, options, is_required }: IDataObject): ResourceMapperField {
	const choices =
		Array.isArray(options) && field_type === 'select' ? { options: options.map((value) => ({ name: wordsOf(value), value: wordsOf(value) })) } : {};
	return {
		id: wordsOf(name),
		displayName: wordsOf(label),
		required: is_required === true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		type: entryOf(types, field_type) ?? 'string',
		...choices,
	};
}
