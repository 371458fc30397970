import type { IDataObject, ResourceMapperField } from 'n8n-workflow';
import type { RequestLine } from '../http/apiRequest';

/**
 * A field of the account as n8n's resource mapper shows it, with facts that n8n's own types lack. n8n keeps properties
 * that it does not know with the saved node (`ResourceMapper.vue` of its editor).
 */
export interface MappedField extends ResourceMapperField {
	/** Whether a field of the type `dateTime` holds a day (the default) or a date and time. */
	holds?: 'day' | 'moment';
	/**
	 * The field accepts several values, as a list or as comma-separated text. This separator joins them into the one text
	 * that the vendor wants.
	 */
	joinedBy?: string;
	/** The options of a field that accepts several values. An option may contain a comma. */
	choices?: readonly string[];
}

/** How a vendor lists the fields of its records, for a resource mapper. One description serves all operations. */
export interface EntityFields {
	/** Name of the node's method. */
	name: string;
	/** Method and path of the list. */
	request: RequestLine;
	/** The vendor's page about the list. */
	page: string;
	/** `operationId` in the vendor's contract. */
	contract: string;
	/** Returns the properties of the query, or nothing if the request needs a `parent` that is not set. */
	ask?: (parent?: string) => IDataObject | undefined;
	/** Parameter names of the field that the fields depend on. `{parent}` in the path is its value. */
	dependsOn?: readonly string[];
	/** Returns the fields of a response, which is undefined if no request was sent. */
	fields: (response: unknown, parent?: string) => MappedField[];
	/** Text that the editor shows if there are no fields. */
	none?: string;
}

/** Returns a mapped field with n8n's usual defaults. */
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

/** Returns the options of a mapped field, from their values. */
export function mappedChoices(values: readonly string[]): Partial<MappedField> {
	return { type: 'options', options: values.map((value) => ({ name: value, value })) };
}
