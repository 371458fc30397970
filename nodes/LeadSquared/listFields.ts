import { choice, dateTime, nested, text, commaSeparated, type Field } from '../shared/fields';
import { inOrder } from '../shared/form/rules';

/** Returns the field for the direction of a list. */
export const direction = (label: string) =>
	choice(label, [
		{ value: '0', name: 'Ascending', description: 'Oldest or smallest first' },
		{ value: '1', name: 'Descending', description: 'Newest or largest first' },
	]);

/**
 * Returns the fields that sort a list by one of its columns. https://apidocs.leadsquared.com/search-by-lead-criteria/
 */
export const sortedBy = (ColumnName: Field<string>) =>
	nested({ ColumnName, Direction: direction('Sort Direction').describe('Direction of the order') });

/** The fields that sort a list. The column is free text, because the vendor does not list the columns. */
export const sorting = sortedBy(
	text('Sort By').tidy().example('CreatedOn').describe('Schema name of the column to sort by'),
);

/** A rule: LeadSquared accepts the column and the direction only together. */
export const sortedWhole = ({
	ColumnName,
	Direction,
}: Readonly<Record<'ColumnName' | 'Direction', string | undefined>>): string | undefined =>
	(ColumnName === undefined) === (Direction === undefined)
		? undefined
		: "'Sort By' and 'Sort Direction' must be set together, but one of them is empty";

/** Fields that the records of a list have. */
export const columns = commaSeparated('Columns')
	.at('Columns.Include_CSV')
	.example('CreatedOn,Status,mx_Custom_1')
	.describe('Comma-separated schema names of the fields to return. Without it, LeadSquared decides.');

/** The same for an operation that simplifies its records. */
export const simplifiedColumns = columns.describe(
	'Comma-separated schema names. Without it, LeadSquared decides. Turn off Simplify to get all these fields.',
);

/** The period of a list. */
export const span = {
	FromDate: dateTime('From')
		.required()
		.at('Parameter.FromDate')
		.describe("Start of the period, in the workflow's time zone"),
	ToDate: dateTime('To').required().at('Parameter.ToDate').describe("End of the period, in the workflow's time zone"),
};

export const spanInOrder = inOrder(['FromDate', 'From'], ['ToDate', 'To'], ' UTC');

/**
 * Returns the field for the definition of an advanced search.
 *
 * @param grid request of LeadSquared's web app that contains the definition
 */
export const advancedSearch = (grid: string) =>
	text('Advanced Search')
		.rows(4)
		.required()
		.example('{"GrpConOp":"And","Conditions":[],"QueryTimeZone":"India Standard Time"}')
		.describe(`Filter a list in LeadSquared. Copy AdvancedSearch (JSON) from ${grid} in the browser's network tools.`);
