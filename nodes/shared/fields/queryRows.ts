import { toText } from '../base/json';
import { addProblem, type Problem } from './problem';
import { Field, type SentFields } from './field';
import { rows } from './rows';
import { text } from './text';

/** Label of the field for a parameter's name. */
const NAME = 'Name';

/** End of a list parameter's name, as in PHP and Rails. */
const OF_LIST = /\[\]$/;

/**
 * Creates a field for query parameters, as rows of name and value. A name that ends with `[]` may occur more than once.
 *
 * @example queryRows('Query Parameters').open()
 */
export function queryRows(label: string): Field<QueryRow[]> {
	const { spec } = rows(
		label,
		{
			name: text(NAME).tidy().required().example('status'),
			value: text('Value')
				.example('open')
				.describe("Value in the vendor's format. A blank value is sent as empty text."),
		},
		'Add Parameter',
	);
	return new Field<QueryRow[]>({
		...spec,
		place: 'query',
		write: (given): SentFields => Object.entries(grouped(given as QueryRow[])),
		schema: (context) =>
			spec.schema(context).superRefine((given: QueryRow[], check) => {
				given.forEach(({ name }, row) => {
					const problem = problemWith(name, given.slice(0, row));
					if (problem) addProblem(check, { ...problem, label: NAME }, [row, 'name']);
				});
			}),
	});
}

/** A query parameter from the form. */
export interface QueryRow {
	name: string;
	value?: string;
}

function problemWith(name: string, before: readonly QueryRow[]): Problem | undefined {
	const bare = bareName(name);
	// JavaScript reserves this name in every object.
	if (bare === '__proto__') return { problem: 'must not be __proto__' };
	// A list is sent under its name without `[]`. A single value of the same name would be lost.
	const isTwice = before.some((row) => bareName(row.name) === bare && (name === bare || row.name === bare));
	return isTwice
		? { problem: `must not repeat the name '${bare}'`, suggestion: `Name each row of a list '${bare}[]'.` }
		: undefined;
}

/** Returns a name without the `[]` of a list. The name of a refused row may be any value. */
const bareName = (name: unknown): string => toText(name).replace(OF_LIST, '');

/** Puts the rows of a list into one property, because n8n writes lists into a query this way. */
function grouped(given: readonly QueryRow[]): Record<string, string | string[]> {
	const members: Record<string, string | string[]> = {};
	for (const { name, value = '' } of given) {
		const all = given.filter((row) => row.name === name);
		if (all.length === 1) members[name] = value;
		else members[bareName(name)] = all.map((row) => row.value ?? '');
	}
	return members;
}
