/** Names of the collections for optional fields. n8n's own nodes use the same names. */
export const COLLECTIONS = ['additionalFields', 'updateFields', 'filters'] as const;
export type Collection = (typeof COLLECTIONS)[number];

export const collectionLabels: Readonly<Record<Collection, string>> = {
	additionalFields: 'Additional Fields',
	updateFields: 'Update Fields',
	filters: 'Filters',
};

/** Returns the parameter paths at which a field may be: at the top level, or inside a collection. */
export function placesOf(names: readonly string[]): string[] {
	return ['', ...COLLECTIONS.map((collection) => `${collection}.`)].flatMap((prefix) =>
		names.map((name) => prefix + name),
	);
}

/** Parameter name of the multi-select for fields to clear. */
export const FIELDS_TO_CLEAR = 'fieldsToClear';
