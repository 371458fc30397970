import type { IDataObject, ResourceMapperField } from 'n8n-workflow';
import type { RequestLine } from '../http/apiRequest';

/**
 * A field of the account as n8n's resource mapper shows it, with what n8n's own types cannot say. n8n keeps the members
 * that it does not know with the saved node (`ResourceMapper.vue` of its editor).
 */
export interface MappedField extends ResourceMapperField {
	/** What a field of the type `dateTime` holds; a day where it is not said. */
	holds?: 'day' | 'moment';
	/** The field takes several values, as a list or as text with commas; this joins them into the one text that the vendor wants. */
	joinedBy?: string;
	/** The values to choose from, of a field that takes several: one of them may hold a comma. */
	choices?: readonly string[];
}

/** How a vendor lists the fields of its records, for a resource mapper; described once for all operations. */
export interface EntityFields {
	/** Name of the node's method. */
	name: string;
	request: RequestLine;
	/** The vendor's page. */
	page: string;
	/** `operationId` in the vendor's contract. */
	contract: string;
	/** Members of the query, by what the field that decides which fields there are holds; nothing where it cannot be asked without. */
	ask?: (parent?: string) => IDataObject | undefined;
	/** Names under which the field that decides which fields there are may stand in a form; `{parent}` of a path is its value. */
	dependsOn?: readonly string[];
	/** The fields in an answer, which is undefined where nothing could be asked. */
	fields: (response: unknown, parent?: string) => MappedField[];
	/** What stands in place of fields where there are none. */
	none?: string;
}

/** A mapped field from what matters of it. */
export function mappedField(id: string, displayName: string, more: Partial<MappedField> = {}): MappedField {
	return {
		id,
		displayName,
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		type: 'string',
		...more,
	};
}

/** The choices of a mapped field, from their values. */
export function mappedChoices(values: readonly string[]): Partial<MappedField> {
	return { type: 'options', options: values.map((value) => ({ name: value, value })) };
}
