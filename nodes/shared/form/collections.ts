/** Names of the collections that hold optional fields, in n8n's usual words. */
export const COLLECTIONS = ['additionalFields', 'updateFields', 'filters'] as const;
export type Collection = (typeof COLLECTIONS)[number];

export const collectionLabels: Readonly<Record<Collection, string>> = {
	additionalFields: 'Additional Fields',
	updateFields: 'Update Fields',
	filters: 'Filters',
};

/** Paths in the parameters of a node at which a field may stand: on its own, or among the optional fields. */
export function placesOf(names: readonly string[]): string[] {
	return ['', ...COLLECTIONS.map((collection) => `${collection}.`)].flatMap((place) =>
		names.map((name) => place + name),
	);
}

/** Name of the multi-select that empties stored values. */
export const FIELDS_TO_CLEAR = 'fieldsToClear';
