import { choice, dateTime, nested, text, commaSeparated, type Field } from '../shared/fields';
import { inOrder } from '../shared/form/rules';

export const direction = (label: string) =>
	choice(label, [
		{ value: '0', name: 'Ascending', description: 'Oldest or smallest first' },
		{ value: '1', name: 'Descending', description: 'Newest or largest first' },
	]);

/** The order of a list by one of its columns. https://apidocs.leadsquared.com/search-by-lead-criteria/ */
export const sortedBy = (ColumnName: Field<string>) =>
	nested({ ColumnName, Direction: direction('Sort Direction').describe('Order of the list') });

/** The order of a list whose columns no list of the vendor names. */
export const sorting = sortedBy(
	text('Sort By').tidy().example('CreatedOn').describe('Schema name of the column that the list is sorted by'),
);

/** A rule: LeadSquared takes column and direction together only. */
export const sortedWhole = ({
	ColumnName,
	Direction,
}: Readonly<Record<'ColumnName' | 'Direction', string | undefined>>): string | undefined =>
	(ColumnName === undefined) === (Direction === undefined)
		? undefined
		: "'Sort By' and 'Sort Direction' go together, and one of them is empty";

/** The members that the records of a list come with. */
export const columns = commaSeparated('Columns')
	.at('Columns.Include_CSV')
	.example('CreatedOn,Status,mx_Custom_1')
	.describe('Schema names of the fields to return, with commas; LeadSquared decides without it');

/** The same for an operation that simplifies its records. */
export const simplifiedColumns = columns.describe(
	'Schema names of the fields to return, with commas; LeadSquared decides without it. Switch off Simplify to see fields of your own.',
);

/** The span of time of a list. */
export const span = {
	FromDate: dateTime('From')
		.required()
		.at('Parameter.FromDate')
		.describe('Only what is from this moment on. Sent in UTC.'),
	ToDate: dateTime('To').required().at('Parameter.ToDate').describe('Only what is up to this moment. Sent in UTC.'),
};

export const spanInOrder = inOrder(['FromDate', 'From'], ['ToDate', 'To'], ' UTC');

/** @param grid call of the web app that carries the definition */
export const advancedSearch = (grid: string) =>
	text('Advanced Search')
		.rows(4)
		.required()
		.example('{"GrpConOp":"And","Conditions":[],"QueryTimeZone":"India Standard Time"}')
		.describe(
			`Definition as JSON. LeadSquared's web app sends it when a list is filtered: copy AdvancedSearch from the ${grid} call in the browser's network tools.`,
		);
