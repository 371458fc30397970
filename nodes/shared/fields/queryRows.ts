import { toText } from '../base/json';
import { addProblem, type Problem } from './problem';
import { Field, type SentFields } from './field';
import { rows } from './structures';
import { text } from './text';

/** Label of the name of a member. */
const NAME = 'Name';

/** How PHP and Rails write a member of a list. */
const OF_LIST = /\[\]$/;

/** Members of the query as rows of name and value. A name that ends with `[]` may come more than once. */
export function queryRows(label: string): Field<QueryRow[]> {
	const { spec } = rows(
		label,
		{
			name: text(NAME).tidy().required().example('status'),
			value: text('Value').example('open').describe('Value as the vendor wants it; blank is sent as a blank text'),
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

/** A member of the query as the user gives it. */
export interface QueryRow {
	name: string;
	value?: string;
}

function problemWith(name: string, before: readonly QueryRow[]): Problem | undefined {
	const bare = bareName(name);
	// What every object has under this name cannot be written over.
	if (bare === '__proto__') return { problem: 'must not be __proto__' };
	// A list goes under its bare name, too: one of the two would be lost.
	const isTwice = before.some((row) => bareName(row.name) === bare && (name === bare || row.name === bare));
	return isTwice
		? { problem: `must not repeat the name '${bare}'`, suggestion: `Name each row of a list '${bare}[]'.` }
		: undefined;
}

/** A name without the mark of a list; of a row that was refused for its name, it may be anything. */
const bareName = (name: unknown): string => toText(name).replace(OF_LIST, '');

/** Rows of one list as one member, because that is how n8n writes lists into a query. */
function grouped(given: readonly QueryRow[]): Record<string, string | string[]> {
	const members: Record<string, string | string[]> = {};
	for (const { name, value = '' } of given) {
		const all = given.filter((row) => row.name === name);
		if (all.length === 1) members[name] = value;
		else members[bareName(name)] = all.map((row) => row.value ?? '');
	}
	return members;
}
