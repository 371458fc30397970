import type { FieldType, IDataObject } from 'n8n-workflow';
import { entryOf, toText } from '../shared/base/json';
import { mappedChoices, mappedField, type EntityFields, type MappedField } from '../shared/fields';
import { pages } from './vendor';

/** Types of custom fields. The form treats every other type of the panel as text. https://docs.syncro.chat/en/custom-fields */
const types: Readonly<Record<string, FieldType>> = {
	number: 'number',
	currency: 'number',
	date: 'dateTime',
	multiselect: 'array',
	checkbox: 'boolean',
};

/** The custom fields of leads for the mapper: labels, types, choices, and which fields are required. */
export const customFields: EntityFields = {
	name: 'customFields',
	request: 'GET /custom-fields',
	page: 'https://docs.syncro.chat/en/custom-fields',
	contract: 'listCustomFields',
	ask: () => ({ active_only: true }),
	fields: (response) => pages.records(response).map(mapped),
};

function mapped({ name, label, field_type, options, is_required }: IDataObject): MappedField {
	const values = Array.isArray(options) ? options.map(toText) : undefined;
	const type = { type: entryOf(types, field_type) ?? ('string' as const), ...choicesOf(field_type, values) };
	return mappedField(toText(name), toText(label), { required: is_required === true, ...type });
}

function choicesOf(fieldType: unknown, values: string[] | undefined): Partial<MappedField> {
	if (fieldType === 'select') return values ? mappedChoices(values) : { type: 'options' };
	return fieldType === 'multiselect' && values ? { choices: values } : {};
}
